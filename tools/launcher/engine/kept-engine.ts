import { startEngine, type StartedEngine } from '@lab-orchestrator/lab-runtime';
import { note } from '../terminal/steps.ts';

const LOOK_MS = 1_000;

/** A private engine that is started again when it ends by itself. Containers go on without it in the meantime. */
export class KeptEngine {
  readonly url: string;
  private readonly dataDir: string;
  private readonly timer: NodeJS.Timeout;
  private engine: StartedEngine;
  private starting = false;

  private constructor(dataDir: string, engine: StartedEngine) {
    this.dataDir = dataDir;
    this.engine = engine;
    this.url = engine.url;
    this.timer = setInterval(() => void this.look(), LOOK_MS);
  }

  static async start(dataDir: string): Promise<KeptEngine> {
    return new KeptEngine(dataDir, await startEngine({ dataDir }));
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.engine.stop();
  }

  private async look(): Promise<void> {
    if (this.starting || this.engine.runs()) return;
    this.starting = true;
    note('The container engine ended; starting it again.');
    try {
      this.engine = await startEngine({ dataDir: this.dataDir });
    } catch (error) {
      note(`The container engine does not start: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.starting = false;
    }
  }
}
