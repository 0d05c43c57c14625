import { setTimeout as sleep } from 'node:timers/promises';
import { createLocalRuntime, type LocalRuntime } from '@lab-orchestrator/lab-runtime';
import type { DataFolder } from '../data/data-folder.ts';
import type { Step } from '../terminal/steps.ts';

const REMOVE_TIMEOUT_MS = 120_000;

/** The labs that this installation holds on the engine, whether the platform runs or not. */
export class RunningLabs {
  private readonly runtime: LocalRuntime;

  private constructor(runtime: LocalRuntime) {
    this.runtime = runtime;
  }

  static async on(engineUrl: string, data: DataFolder, cacheDir: string): Promise<RunningLabs> {
    const options = {
      engineUrl,
      dataDir: data.runtime,
      instance: data.instance,
      builtinImages: { cacheDir },
    };
    return new RunningLabs(await createLocalRuntime(options));
  }

  async count(): Promise<number> {
    return (await this.runtime.sessions()).length;
  }

  /** With them goes what keeps them apart. */
  async removeAll(step: Step): Promise<void> {
    const sessions = await this.runtime.sessions();
    for (const [index, session] of sessions.entries()) {
      step.progress(`${index + 1} of ${sessions.length}`);
      await this.remove(session);
    }
    await this.runtime.uninstall();
    step.result(sessions.length === 1 ? '1 lab' : `${sessions.length} labs`);
  }

  private async remove(session: string): Promise<void> {
    const deadline = Date.now() + REMOVE_TIMEOUT_MS;
    for (;;) {
      const { gone, remaining } = await this.runtime.remove(session);
      if (gone) return;
      if (Date.now() > deadline)
        throw new Error(`the lab ${session} cannot be removed; left are ${remaining.join(', ')}`);
      await sleep(500);
    }
  }
}
