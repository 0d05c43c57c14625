import type { Cluster } from '../client/cluster.js';
import { kinds } from '../client/kinds.js';
import type { Kind } from '../client/kube-object.js';
import { createKubernetesRuntime, type KubernetesRuntimeOptions } from '../create-kubernetes-runtime.js';
import type { KubernetesRuntime } from '../kubernetes-runtime.js';
import { label } from '../labels.js';
import { namespaceOf } from '../names.js';
import { removeNamespaces, testImages, uniqueInstance } from './test-cluster.js';

/** Runtimes of one installation on the test cluster, and what they leave there. */
export class TestRuntimes {
  readonly instance: string;
  private readonly opened: KubernetesRuntime[] = [];

  constructor(
    private readonly cluster: () => Cluster,
    letter: string,
  ) {
    this.instance = uniqueInstance(letter);
  }

  async open(change: Partial<KubernetesRuntimeOptions> = {}): Promise<KubernetesRuntime> {
    const runtime = await createKubernetesRuntime({
      config: this.cluster().config,
      instance: this.instance,
      builtinImages: { terminal: testImages.busybox },
      // That policies are enforced is the probe's own spec.
      allowUnenforcedNetworks: true,
      stuckAfterMs: 2000,
      ...change,
    });
    this.opened.push(runtime);
    return runtime;
  }

  namespaceOf(sessionId: string): string {
    return namespaceOf(this.instance, sessionId);
  }

  /** What the API server itself says that a session has. */
  async objectsOf(sessionId: string): Promise<string[]> {
    const namespace = this.namespaceOf(sessionId);
    const watched: Kind[] = [
      kinds.pod,
      kinds.service,
      kinds.networkPolicy,
      kinds.resourceQuota,
      kinds.limitRange,
      kinds.secret,
    ];
    const labelSelector = `${label.session}=${sessionId}`;
    const listed = await Promise.all(watched.map((kind) => this.cluster().list(kind, { namespace, labelSelector })));
    return listed.flat().map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  }

  /** Removes everything that was made, and waits until it is gone. */
  async close(): Promise<void> {
    const labelSelector = `${label.instance}=${this.instance}`;
    const left = await this.cluster().list(kinds.namespace, { labelSelector });
    await removeNamespaces(
      this.cluster(),
      left.map(({ metadata }) => metadata.name ?? ''),
    );
    await Promise.all(this.opened.map((runtime) => runtime.close()));
  }
}
