import { setTimeout as delay } from 'node:timers/promises';
import type {
  Capacity,
  ImageObservation,
  ImageSpec,
  SessionObservation,
  SessionSpec,
} from '@lab-orchestrator/contracts';
import type {
  AuditTaking,
  CallOptions,
  PauseOptions,
  Console,
  ConsoleTarget,
  ExecOptions,
  ExecResult,
  ForcedRemoval,
  LabRuntime,
  Removal,
  SystemRef,
} from '../port/lab-runtime.js';
import { RuntimeError } from '../port/runtime-error.js';
import type { ClusterFacts } from './capacity/cluster-facts.js';
import { kinds } from './client/kinds.js';
import { execInSystem, openConsole } from './consoles/cluster-consoles.js';
import type { KubernetesParts, SessionParts } from './kubernetes-parts.js';
import { namespaceOf } from './names.js';
import type { VmSnapshots } from './sessions/vm/vm-snapshots.js';

const retryMs = 2000;

/** Labs on a Kubernetes cluster: a namespace per session, pods, and virtual machines of KubeVirt. */
export class KubernetesRuntime implements LabRuntime {
  private readonly watches = new Set<Disposable>();
  private made: Promise<SessionParts> | undefined;

  constructor(private readonly parts: KubernetesParts) {}

  /** What this cluster can and cannot do. */
  facts(): Promise<ClusterFacts> {
    return this.parts.state.facts();
  }

  async apply(session: SessionSpec, options: CallOptions = {}): Promise<void> {
    await (await this.use()).applier.apply(session, options.signal);
  }

  async observe(session: SessionSpec): Promise<SessionObservation> {
    return (await this.use()).observer.observe(session);
  }

  async remove(sessionId: string): Promise<Removal> {
    return (await this.use()).remover.remove(sessionId);
  }

  /** Takes the finalizers from what holds a removed session. Audited; only on a person's wish. */
  async forceRemove(sessionId: string, audit: AuditTaking): Promise<ForcedRemoval> {
    return (await this.use()).remover.forceRemove(sessionId, audit);
  }

  async pause(sessionId: string, { hibernate = false }: PauseOptions = {}): Promise<void> {
    await (await this.use()).pauser.pause(sessionId, hibernate);
  }

  async resume(sessionId: string): Promise<void> {
    await (await this.use()).pauser.resume(sessionId);
  }

  async restart(target: SystemRef): Promise<void> {
    await (await this.use()).pauser.restart(target);
  }

  async sessions(): Promise<string[]> {
    const { view, ledger } = await this.use();
    await Promise.all([view.ready(), ledger.prune().catch(() => undefined)]);
    return [...view.namespaces.store.sessions()];
  }

  watch(onChange: (sessionId: string) => void): Disposable {
    const ended = new AbortController();
    void this.follow(onChange, ended.signal);
    const watch = { [Symbol.dispose]: () => ended.abort() };
    this.watches.add(watch);
    return {
      [Symbol.dispose]: () => {
        ended.abort();
        this.watches.delete(watch);
      },
    };
  }

  async ensureImage(image: ImageSpec): Promise<ImageObservation> {
    return (await this.use()).images.ensure(image);
  }

  async images(): Promise<string[]> {
    return (await this.use()).images.ids();
  }

  async removeImage(imageId: string): Promise<void> {
    await (await this.use()).images.remove(imageId);
  }

  open(target: ConsoleTarget, options: CallOptions = {}): Promise<Console> {
    return this.unlessAway(target, () => openConsole(this.parts.cluster, this.parts.instance, target, options));
  }

  exec(target: SystemRef, command: string[], options: ExecOptions): Promise<ExecResult> {
    const { cluster, instance } = this.parts;
    return this.unlessAway(target, () => execInSystem(cluster, instance, target, command, options));
  }

  async snapshot(target: SystemRef, name: string): Promise<void> {
    await (await this.snapshots()).snapshot(target, name);
  }

  async restore(target: SystemRef, name: string): Promise<void> {
    await (await this.snapshots()).restore(target, name);
  }

  async capacity(): Promise<Capacity> {
    const { state, extraObjects } = this.parts;
    const capacity = await state.capacity();
    return { ...capacity, features: { ...capacity.features, kubernetesObjects: extraObjects } };
  }

  async close(): Promise<void> {
    for (const watch of this.watches) watch[Symbol.dispose]();
    this.watches.clear();
    const made = await this.made?.catch(() => undefined);
    await Promise.all([made?.view.close(), made?.images.close()]);
    this.parts.cluster.close();
  }

  /** What sessions need, made once; tried again by the next call when the cluster was away. */
  private use(): Promise<SessionParts> {
    this.made ??= this.parts.sessions().catch((error: unknown) => {
      this.made = undefined;
      throw error;
    });
    return this.made;
  }

  private async follow(onChange: (sessionId: string) => void, ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      try {
        const watch = (await this.use()).view.onChange(onChange);
        if (ended.aborted) watch[Symbol.dispose]();
        else ended.addEventListener('abort', () => watch[Symbol.dispose](), { once: true });
        return;
      } catch {
        // The cluster is away. What happens meanwhile is found by the next observation.
        await delay(retryMs, undefined, { signal: ended, ref: false }).catch(() => undefined);
      }
    }
  }

  private async snapshots(): Promise<VmSnapshots> {
    const { snapshots } = await this.use();
    if (snapshots) return snapshots;
    throw new RuntimeError('unsupported', 'This cluster has no virtual machines, and nothing else is snapshot.', false);
  }

  /** A system that is paused or restarts has no pod for a while, but it keeps its name: it is only away. */
  private async unlessAway<T>(target: SystemRef, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof RuntimeError) || error.code !== 'not_found') throw error;
      const namespace = namespaceOf(this.parts.instance, target.sessionId);
      const named = await this.parts.cluster.read({ kind: kinds.service, namespace, name: target.system });
      if (!named) throw error;
      throw new RuntimeError('unreachable', `${target.system} is not running.`, true, { cause: error });
    }
  }
}
