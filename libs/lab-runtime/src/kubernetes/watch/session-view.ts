import type { Cluster } from '../client/cluster.js';
import { type KubeEvent, kinds, type Namespace, type Pod } from '../client/kinds.js';
import type { Kind, KubeObject } from '../client/kube-object.js';
import { selectorOf } from '../labels.js';
import type { DataVolume } from '../types/cdi/data-volume.js';
import type { VirtualMachine } from '../types/kubevirt/virtual-machine.js';
import type { VirtualMachineInstance } from '../types/kubevirt/virtual-machine-instance.js';
import { Refusals } from './refusals.js';
import { Informer, type InformerOptions } from './informer.js';
import { slimDisk, slimInstance, slimMachine, slimPod } from './slim.js';

export type SessionViewOptions = {
  cluster: Cluster;
  instance: string;
  /** Whether the API has the kinds of KubeVirt and CDI. Asked again until it has: then they are watched, too. */
  vms(): Promise<boolean>;
  /**
   * How often namespaces are listed anew, in ms: that one is gone or ending is what must not be missed, and they are small.
   */
  resyncMs?: number;
  /** Passed on to the informers. */
  idleMs?: number;
  staleMs?: number;
};

export type { KubeEvent };

/**
 * What the cluster has of an installation's sessions, kept current by one watch per kind. Of what is only compared by
 * its digest nothing but the metadata is kept, of the rest only what is read (`slim.ts`). Secrets are not watched: that
 * would take the right to read all of them.
 */
export class SessionView {
  /** What is not to be seen in the cluster, because it was not let in. */
  readonly refusals = new Refusals();
  readonly namespaces: Informer<Namespace>;
  readonly pods: Informer<Pod>;
  /** Undefined while machines cannot be looked at, which says nothing about whether there are any. */
  vms?: Informer<VirtualMachine>;
  instances?: Informer<VirtualMachineInstance>;
  dataVolumes?: Informer<DataVolume>;
  private readonly informers = new Map<string, Informer<KubeObject>>();
  private readonly listeners = new Set<(sessionId: string) => void>();

  constructor(private readonly options: SessionViewOptions) {
    this.namespaces = this.add(kinds.namespace, { resyncMs: options.resyncMs ?? 40_000 });
    this.pods = this.add(kinds.pod, { strip: slimPod });
    for (const kind of [kinds.service, kinds.networkPolicy, kinds.resourceQuota, kinds.limitRange]) {
      this.add<KubeObject>(kind, { metadataOnly: true });
    }
    this.add<KubeObject>(kinds.serviceAccount, { metadataOnly: true });
  }

  /** @throws RuntimeError `unreachable` while something is not known, or not heard of for too long */
  async ready(): Promise<void> {
    if (!this.vms && (await this.options.vms())) this.followVms();
    await Promise.all([...this.informers.values()].map((informer) => informer.ready()));
  }

  /** What is known of an object; undefined also for kinds that are not watched. */
  known(object: KubeObject): KubeObject | undefined {
    return this.of(object)?.store.get(object.metadata.namespace, object.metadata.name ?? '');
  }

  watches(object: Pick<KubeObject, 'apiVersion' | 'kind'>): boolean {
    return this.of(object) !== undefined;
  }

  /** Takes the answer to an own write. */
  accept(object: KubeObject): void {
    this.of(object)?.accept(object);
  }

  /** Everything known of a session but its namespace, as `kind/name`. */
  objectsOf(sessionId: string): string[] {
    return [...this.informers.values()]
      .flatMap((informer) => informer.store.ofSession(sessionId))
      .filter(({ kind }) => kind !== 'Namespace')
      .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  }

  onChange(listener: (sessionId: string) => void): Disposable {
    this.listeners.add(listener);
    for (const informer of this.informers.values()) informer.start();
    return { [Symbol.dispose]: () => void this.listeners.delete(listener) };
  }

  /** Resolves when `condition` holds; looks at each change of the session. False when it does not in time. */
  async until(sessionId: string, condition: () => boolean, timeoutMs: number): Promise<boolean> {
    if (condition()) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    using _ = this.onChange((changed) => (changed === sessionId && condition() ? resolve(true) : undefined));
    const timer = setTimeout(() => resolve(condition()), timeoutMs);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    this.listeners.clear();
    await Promise.all([...this.informers.values()].map((informer) => informer.close()));
  }

  private of(object: Pick<KubeObject, 'apiVersion' | 'kind'>): Informer<KubeObject> | undefined {
    return this.informers.get(`${object.apiVersion}/${object.kind}`);
  }

  private add<T extends KubeObject>(kind: Kind<T>, change: Partial<InformerOptions<T>> = {}): Informer<T> {
    const { cluster, instance, idleMs, staleMs } = this.options;
    const informer = new Informer<T>({
      cluster,
      kind,
      labelSelector: selectorOf(instance),
      idleMs,
      staleMs,
      onChange: (sessionId) => this.changed(sessionId),
      ...change,
    });
    this.informers.set(`${kind.apiVersion}/${kind.kind}`, informer);
    return informer;
  }

  /** KubeVirt may be installed when this process has been running for long. */
  private followVms(): void {
    if (this.vms) return;
    this.vms = this.add(kinds.virtualMachine, { strip: slimMachine });
    this.instances = this.add(kinds.virtualMachineInstance, { strip: slimInstance });
    this.dataVolumes = this.add(kinds.dataVolume, { strip: slimDisk });
  }

  private changed(sessionId: string): void {
    for (const listener of this.listeners) listener(sessionId);
  }
}
