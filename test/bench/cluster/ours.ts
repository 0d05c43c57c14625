import type { SessionSpec } from '@lab-orchestrator/contracts';
import { createKubernetesRuntime, type KubernetesRuntime } from '@lab-orchestrator/lab-runtime/kubernetes';
import type { Contender, Life } from './contender.ts';
import { noGuest } from './labs.ts';
import type { ClusterStand } from './stand.ts';

/** The runtime, driven as the provisioner does it: apply, then look at a session whenever something of it changed. */
export class Ours implements AsyncDisposable {
  readonly runtime: KubernetesRuntime;
  private readonly looks = new Map<string, () => void>();
  private readonly watch: Disposable;

  private constructor(runtime: KubernetesRuntime) {
    this.runtime = runtime;
    this.watch = runtime.watch((sessionId) => this.looks.get(sessionId)?.());
  }

  static async open(stand: ClusterStand): Promise<Ours> {
    const runtime = await createKubernetesRuntime({
      config: await stand.config('ours'),
      instance: stand.instances.ours,
      builtinImages: { terminal: 'registry.test/busybox:1' },
      // That policies are enforced is found out once a day, by pods of its own.
      allowUnenforcedNetworks: true,
      vmAnnotations: noGuest,
    });
    // Facts and the first lists belong to no session.
    await runtime.sessions();
    return new Ours(runtime);
  }

  contender(name: string, lab: () => SessionSpec): Contender {
    return { name, start: () => this.start(lab()) };
  }

  async start(session: SessionSpec): Promise<Life> {
    const { sessionId } = session;
    await this.runtime.apply(session);
    return {
      sessionId,
      ready: this.until(sessionId, async () => {
        const { systems } = await this.runtime.observe(session);
        const broken = systems.find(({ state }) => state === 'broken');
        if (broken) throw new Error(`${broken.name}: ${broken.reason?.text}`);
        return systems.every(({ state }) => state === 'ready');
      }),
      end: () => this.until(sessionId, async () => (await this.runtime.remove(sessionId)).gone),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.watch[Symbol.dispose]();
    await this.runtime.close();
  }

  /** Looks now, and again after each change; what changes during a look is looked at once more. */
  private until(sessionId: string, holds: () => Promise<boolean>): Promise<void> {
    return new Promise((resolve, reject) => {
      let looking = false;
      let changed = false;
      const look = async () => {
        changed = true;
        if (looking) return;
        looking = true;
        try {
          while (changed) {
            changed = false;
            if (!(await holds())) continue;
            this.looks.delete(sessionId);
            resolve();
          }
        } catch (error) {
          reject(error);
        } finally {
          looking = false;
        }
      };
      this.looks.set(sessionId, () => void look());
      void look();
    });
  }
}
