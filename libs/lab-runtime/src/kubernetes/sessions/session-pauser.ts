import { RuntimeError } from '../../port/runtime-error.js';
import type { SystemRef } from '../../port/lab-runtime.js';
import { hasStatus } from '../client/api-error.js';
import type { Cluster } from '../client/cluster.js';
import { kinds, type Namespace, type Pod, type PodTemplate } from '../client/kinds.js';
import { annotation, label } from '../labels.js';
import { namespaceOf } from '../names.js';
import type { SessionView } from '../watch/session-view.js';
import type { VmSystems } from './vm-systems.js';

export type PauserParts = { cluster: Cluster; view: SessionView; instance: string; vms: VmSystems };

/** How long an old pod may take to go before its successor is made, in ms: its own grace period and the kubelet's. */
const goneWithinMs = 120_000;

/**
 * Pauses, resumes and restarts. Kubernetes cannot freeze a pod: a paused container system is taken away and made anew
 * from the same template. What it had in memory and in its own files is lost; virtual machines keep
 * their disks, and their memory unless they are shut down.
 */
export class SessionPauser {
  constructor(private readonly parts: PauserParts) {}

  /** Asked again of what is paused, it calls nobody unless something came up meanwhile, or has its time. */
  async pause(sessionId: string, hibernate: boolean): Promise<void> {
    const { cluster, vms } = this.parts;
    const namespace = await this.namespace(sessionId);
    if (!namespace) return;
    const { name = '', annotations } = namespace.metadata;
    const containers = this.containers(sessionId);
    // The templates first: whatever comes between, each pod can be made again.
    await Promise.all(containers.map((pod) => this.remember(pod)));
    if (annotations?.[annotation.paused] === undefined || containers.length > 0) await this.mark(name, 'true');
    await Promise.all([
      ...containers.map((pod) => cluster.remove(refOf(pod), { preconditions: { uid: pod.metadata.uid } })),
      ...this.machines(sessionId).map((system) => vms.pause({ sessionId, system }, hibernate)),
    ]);
  }

  async resume(sessionId: string): Promise<void> {
    const { vms } = this.parts;
    const namespace = await this.namespace(sessionId);
    if (!namespace) throw new RuntimeError('not_found', `There is no session ${sessionId}.`, false);
    const { name = '', annotations } = namespace.metadata;
    const wasPaused = annotations?.[annotation.paused] !== undefined;
    if (wasPaused) await this.wake(sessionId, name);
    await Promise.all(this.machines(sessionId).map((system) => vms.resume({ sessionId, system })));
    if (wasPaused) await this.mark(name, null);
  }

  /** In place: same name, same disks of its own, a new pod. */
  async restart(target: SystemRef): Promise<void> {
    const { cluster, view, vms, instance } = this.parts;
    await view.ready();
    const { sessionId, system } = target;
    if (this.machines(sessionId).includes(system)) return vms.restart(target);
    const namespace = namespaceOf(instance, sessionId);
    const old = await cluster.read<Pod>({ kind: kinds.pod, namespace, name: system });
    if (!old) {
      // Between the two steps of a restart that was interrupted there is only the template.
      if (await this.revive(namespace, system)) return;
      throw new RuntimeError('not_found', `There is no system ${system} in session ${sessionId}.`, false);
    }
    await this.remember(old);
    await this.replace(sessionId, old);
  }

  private async replace(sessionId: string, old: Pod): Promise<void> {
    const { cluster, view } = this.parts;
    const { name = '', namespace, uid } = old.metadata;
    await cluster.remove(refOf(old), { preconditions: { uid } });
    const isGone = () => view.pods.store.get(namespace, name)?.metadata.uid !== uid;
    if (!(await view.until(sessionId, isGone, goneWithinMs))) {
      throw new RuntimeError('unreachable', `The pod ${name} does not end.`, true);
    }
    await this.make(fresh(old));
  }

  private async wake(sessionId: string, namespace: string): Promise<void> {
    const { cluster, view } = this.parts;
    const labelSelector = `${label.session}=${sessionId}`;
    const templates = await cluster.list<PodTemplate>(kinds.podTemplate, { namespace, labelSelector });
    await Promise.all(
      templates.map(async (template) => {
        const { name = '' } = template.metadata;
        const isGone = () => !view.pods.store.get(namespace, name)?.metadata.deletionTimestamp;
        if (!(await view.until(sessionId, isGone, goneWithinMs))) {
          throw new RuntimeError('unreachable', `The pod ${name} of the paused session does not end.`, true);
        }
        if (!view.pods.store.get(namespace, name)) await this.make(podOf(template));
      }),
    );
  }

  private async revive(namespace: string, name: string): Promise<boolean> {
    const template = await this.parts.cluster.read<PodTemplate>({ kind: kinds.podTemplate, namespace, name });
    if (template) await this.make(podOf(template));
    return template !== undefined;
  }

  private async make(pod: Pod): Promise<void> {
    try {
      this.parts.view.accept(await this.parts.cluster.create(pod));
    } catch (error) {
      // Somebody else resumes it, too.
      if (!hasStatus(error, 409)) throw error;
    }
  }

  /** The watch keeps no specs, so the pod is read once more. */
  private async remember(pod: Pod): Promise<void> {
    const { cluster } = this.parts;
    const whole = pod.spec?.securityContext ? pod : await cluster.read<Pod>(refOf(pod));
    if (!whole?.spec) return;
    const { name, namespace, labels, annotations } = whole.metadata;
    const { spec } = fresh(whole);
    await cluster.apply<PodTemplate>({
      apiVersion: 'v1',
      kind: 'PodTemplate',
      metadata: { name, namespace, labels },
      template: { metadata: { labels, annotations }, spec },
    });
  }

  private async mark(namespace: string, paused: 'true' | null): Promise<void> {
    const patch = { metadata: { annotations: { [annotation.paused]: paused } } };
    this.parts.view.accept(await this.parts.cluster.merge({ kind: kinds.namespace, name: namespace }, patch));
  }

  private async namespace(sessionId: string): Promise<Namespace | undefined> {
    const { view, instance } = this.parts;
    await view.ready();
    const found = view.namespaces.store.get(undefined, namespaceOf(instance, sessionId));
    return found?.metadata.deletionTimestamp ? undefined : found;
  }

  private containers(sessionId: string): Pod[] {
    return this.parts.view.pods.store
      .ofSession(sessionId)
      .filter(({ metadata }) => metadata.labels?.[label.kind] === 'container' && !metadata.deletionTimestamp);
  }

  private machines(sessionId: string): string[] {
    return (this.parts.view.vms?.store.ofSession(sessionId) ?? []).map(({ metadata }) => metadata.name ?? '');
  }
}

function refOf({ metadata }: Pod) {
  return { kind: kinds.pod, namespace: metadata.namespace, name: metadata.name ?? '' };
}

function podOf({ metadata, template }: PodTemplate): Pod {
  const { labels, annotations } = template?.metadata ?? {};
  const { name, namespace } = metadata;
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels, annotations }, spec: template?.spec };
}

/** The pod as it was wished: without what the cluster added for that one run. */
function fresh({ metadata, spec }: Pod): Pod {
  const { name, namespace, labels, annotations } = metadata;
  if (!spec) return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels, annotations } };
  const { nodeName: _node, serviceAccount: _account, priority: _priority, ...wished } = spec;
  const kept = Object.fromEntries(
    Object.entries(annotations ?? {}).filter(([key]) => key !== 'k8s.v1.cni.cncf.io/network-status'),
  );
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels, annotations: kept }, spec: wished };
}
