import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CoreV1Api, type KubeConfig, RbacAuthorizationV1Api } from '@kubernetes/client-node';
import { adminConfig, configOf, type Identity } from './kube-config.ts';

const instanceLabel = 'lab-orchestrator.dev/instance';
const tokenLifeS = 6 * 3600;
/** A namespace with a pod ends with the pod's grace period; hundreds end one after another. */
const goneWithinMs = 900_000;

/**
 * What a bench has on the cluster: an account for each contender, so that the audit log and the API's fairness tell
 * them apart, and an instance name for each, under which everything is found again and removed, also after Ctrl-C.
 */
export class ClusterStand implements AsyncDisposable {
  private readonly id = randomBytes(2).toString('hex');
  /** Of the namespace with the accounts, and of the binding that gives them their rights. */
  readonly name = `bench-${this.id}`;
  readonly instances = { bare: `b${this.id}`, ours: `o${this.id}` };
  readonly admin: KubeConfig;
  readonly core: CoreV1Api;
  private readonly rights: RbacAuthorizationV1Api;
  private closed: Promise<void> | undefined;

  private constructor(admin: KubeConfig) {
    this.admin = admin;
    this.core = admin.makeApiClient(CoreV1Api);
    this.rights = admin.makeApiClient(RbacAuthorizationV1Api);
  }

  static async open(): Promise<ClusterStand> {
    const stand = new ClusterStand(adminConfig());
    // A terminal and npm may both hand on the signal: it is heeded once.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => void stand.close().finally(() => process.exit(130)));
    await stand.prepare();
    return stand;
  }

  /** An account that may do everything, as `kind` is known to the audit log. */
  async identity(kind: keyof ClusterStand['instances']): Promise<Identity> {
    const { server = '', caData = '' } = this.admin.getCurrentCluster() ?? {};
    const body = { spec: { audiences: [], expirationSeconds: tokenLifeS } };
    const { status } = await this.core.createNamespacedServiceAccountToken({ name: kind, namespace: this.name, body });
    return { server, caData, token: status?.token ?? '' };
  }

  async config(kind: keyof ClusterStand['instances']): Promise<KubeConfig> {
    return configOf(await this.identity(kind));
  }

  userOf(kind: keyof ClusterStand['instances']): string {
    return `system:serviceaccount:${this.name}:${kind}`;
  }

  /** Removes all namespaces of an instance, and waits until they are gone. */
  async removeAll(instances: string[] = Object.values(this.instances)): Promise<void> {
    const labelSelector = `${instanceLabel} in (${instances.join(',')})`;
    for (const deadline = performance.now() + goneWithinMs; ;) {
      const { items } = await this.core.listNamespace({ labelSelector });
      if (items.length === 0) return;
      if (performance.now() > deadline)
        throw new Error(`${items.length} namespaces of ${labelSelector} do not go away`);
      const left = items.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
      for (const { metadata } of left) await this.core.deleteNamespace({ name: metadata?.name ?? '' });
      await sleep(500);
    }
  }

  close(): Promise<void> {
    this.closed ??= this.removeEverything();
    return this.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private async prepare(): Promise<void> {
    await this.core.createNamespace({ body: { metadata: { name: this.name } } });
    const kinds = Object.keys(this.instances);
    for (const name of kinds)
      await this.core.createNamespacedServiceAccount({ namespace: this.name, body: { metadata: { name } } });
    await this.rights.createClusterRoleBinding({
      body: {
        metadata: { name: this.name },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
        subjects: kinds.map((name) => ({ kind: 'ServiceAccount', name, namespace: this.name })),
      },
    });
  }

  /** Rights first: whatever is still under way makes nothing more. */
  private async removeEverything(): Promise<void> {
    await this.rights.deleteClusterRoleBinding({ name: this.name }).catch(() => undefined);
    await this.core.deleteNamespace({ name: this.name }).catch(() => undefined);
    await this.removeAll();
  }
}
