import type {
  Capacity,
  ImageObservation,
  ImageSpec,
  SessionObservation,
  SessionSpec,
} from '@lab-orchestrator/contracts';
import type {
  CallOptions,
  Console,
  ConsoleTarget,
  ExecOptions,
  ExecResult,
  LabRuntime,
  SystemRef,
} from '../port/lab-runtime.js';
import { RuntimeError } from '../port/runtime-error.js';
import type { ClusterFacts } from './capacity/cluster-facts.js';
import { execInSystem, openConsole } from './consoles/cluster-consoles.js';
import type { KubernetesParts } from './kubernetes-parts.js';
import type { VmSnapshots } from './sessions/vm/vm-snapshots.js';
import type { ForcedRemoval } from './sessions/session-remover.js';

/** What is lost when a system of that kind is paused, for people. */
export const pauseLoses = {
  container: 'Running processes, memory, and files outside of persistent disks: Kubernetes cannot freeze a container.',
  vm: undefined,
} as const;

/** Labs on a Kubernetes cluster: a namespace per session, pods, and virtual machines of KubeVirt. */
export class KubernetesRuntime implements LabRuntime {
  private readonly watches = new Set<Disposable>();

  constructor(private readonly parts: KubernetesParts) {}

  /** What this cluster can and cannot do. */
  facts(): Promise<ClusterFacts> {
    return this.parts.state.facts();
  }

  apply(session: SessionSpec, options: CallOptions = {}): Promise<void> {
    return this.parts.applier.apply(session, options.signal);
  }

  observe(session: SessionSpec): Promise<SessionObservation> {
    return this.parts.observer.observe(session);
  }

  remove(sessionId: string): Promise<{ gone: boolean; remaining: string[] }> {
    return this.parts.remover.remove(sessionId);
  }

  /** Takes the finalizers from what holds a removed session. Audited; only on a person's wish. */
  forceRemove(sessionId: string, actor: string): Promise<ForcedRemoval[]> {
    return this.parts.remover.forceRemove(sessionId, actor);
  }

  pause(sessionId: string): Promise<void> {
    return this.parts.pauser.pause(sessionId);
  }

  resume(sessionId: string): Promise<void> {
    return this.parts.pauser.resume(sessionId);
  }

  restart(target: SystemRef): Promise<void> {
    return this.parts.pauser.restart(target);
  }

  async sessions(): Promise<string[]> {
    await Promise.all([this.parts.view.ready(), this.parts.ledger.prune().catch(() => undefined)]);
    return [...this.parts.view.namespaces.store.sessions()];
  }

  watch(onChange: (sessionId: string) => void): Disposable {
    const watch = this.parts.view.onChange(onChange);
    this.watches.add(watch);
    return {
      [Symbol.dispose]: () => {
        watch[Symbol.dispose]();
        this.watches.delete(watch);
      },
    };
  }

  ensureImage(image: ImageSpec): Promise<ImageObservation> {
    return this.parts.images.ensure(image);
  }

  images(): Promise<string[]> {
    return this.parts.images.ids();
  }

  removeImage(imageId: string): Promise<void> {
    return this.parts.images.remove(imageId);
  }

  open(target: ConsoleTarget, options: CallOptions = {}): Promise<Console> {
    return this.unlessAway(target, () => openConsole(this.parts.cluster, this.parts.instance, target, options));
  }

  exec(target: SystemRef, command: string[], options: ExecOptions): Promise<ExecResult> {
    const { cluster, instance } = this.parts;
    return this.unlessAway(target, () => execInSystem(cluster, instance, target, command, options));
  }

  snapshot(target: SystemRef, name: string): Promise<void> {
    return this.snapshots().snapshot(target, name);
  }

  restore(target: SystemRef, name: string): Promise<void> {
    return this.snapshots().restore(target, name);
  }

  capacity(): Promise<Capacity> {
    return this.parts.state.capacity();
  }

  async close(): Promise<void> {
    for (const watch of this.watches) watch[Symbol.dispose]();
    this.watches.clear();
    await Promise.all([this.parts.view.close(), this.parts.images.close()]);
    this.parts.cluster.close();
  }

  private snapshots(): VmSnapshots {
    if (this.parts.snapshots) return this.parts.snapshots;
    throw new RuntimeError('unsupported', 'This cluster has no virtual machines, and nothing else is snapshot.', false);
  }

  /** A system that is paused or restarts has no pod for a while: it is not unknown, only away. */
  private async unlessAway<T>(target: SystemRef, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      const isMissing = error instanceof RuntimeError && error.code === 'not_found';
      if (!isMissing || !(await this.parts.observer.expects(target))) throw error;
      throw new RuntimeError('unreachable', `${target.system} is not running.`, true, { cause: error });
    }
  }
}
