import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from './folder/temporary-folder.js';
import { freePort } from './network/free-port.js';
import type { PrivateService, PrivateServiceOptions } from './private-service.js';
import { endLeftover, recordProcess } from './process/leftover.js';
import { TiedProcess } from './process/tied-process.js';

/** What differs between the servers. */
export interface Recipe {
  name: string;
  /** Ends it quickly and in order. */
  stopSignal: 'INT' | 'TERM';
  wrapper?: string[];
  command(port: number): string[];
  answers(port: number): Promise<boolean>;
  url(port: number): string;
}

const PORT_TRIES = 5;
const RESTART_TRIES = 10;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

/** Prepares the folder, then runs the server that `prepare` describes until somebody stops it. */
export async function runServer(
  name: string,
  options: PrivateServiceOptions,
  prepare: (folder: string) => Promise<Recipe>,
): Promise<PrivateService> {
  const temporary = options.dataDir === undefined ? temporaryFolder(name) : undefined;
  const folder = options.dataDir ?? temporary?.path ?? '';
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await endLeftover(folder);
  const server = new ServerProcess(await prepare(folder), folder, options, () => temporary?.remove());
  await server.startOnAnyPort();
  return server;
}

class ServerProcess implements PrivateService {
  private current: TiedProcess | undefined;
  private wanted = false;
  private chosenPort = 0;

  constructor(
    private readonly recipe: Recipe,
    private readonly folder: string,
    private readonly options: PrivateServiceOptions,
    private readonly discard: () => void,
  ) {}

  get port(): number {
    return this.chosenPort;
  }

  get url(): string {
    return this.recipe.url(this.chosenPort);
  }

  get pid(): number | undefined {
    return this.current?.pid;
  }

  async startOnAnyPort(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      this.chosenPort = this.options.port ?? (await freePort());
      try {
        return await this.launch();
      } catch (error) {
        if (this.options.port !== undefined || attempt === PORT_TRIES) {
          this.discard();
          throw error;
        }
      }
    }
  }

  async stop(): Promise<void> {
    await this.end(`SIG${this.recipe.stopSignal}`);
    this.discard();
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.end(`SIG${this.recipe.stopSignal}`);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.launch();
      } catch (error) {
        // After a kill, PostgreSQL's backends hold its shared memory until each has noticed.
        if (attempt === RESTART_TRIES) throw error;
        await sleep(200);
      }
    }
  }

  private async launch(): Promise<void> {
    const child = TiedProcess.spawn(this.recipe.command(this.chosenPort), {
      cwd: this.folder,
      signalOnParentDeath: this.recipe.stopSignal,
      wrapper: this.recipe.wrapper,
      onOutput: this.options.onOutput,
    });
    this.current = child;
    this.wanted = true;
    if (child.pid !== undefined) await recordProcess(this.folder, child.pid);
    await this.untilItAnswers(child);
    void this.watch(child);
  }

  private async watch(child: TiedProcess): Promise<void> {
    const how = await child.exited;
    if (this.wanted && this.current === child) this.options.onUnexpectedExit?.(how);
  }

  private async untilItAnswers(child: TiedProcess): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (child.running && Date.now() < deadline) {
      // Another process may answer on this port while ours failed to bind it, hence the second look at ours.
      if ((await this.recipe.answers(this.chosenPort)) && child.running) return;
      await sleep(10);
    }
    await this.end('SIGKILL');
    throw new Error(`${this.recipe.name} did not start: ${await child.untilExit()}\n${child.lastOutput}`);
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.current;
    this.wanted = false;
    if (!child?.running) return;
    // A paused process would sleep through the signal.
    child.signal('SIGCONT');
    child.signal(signal);
    const late = setTimeout(() => child.signal('SIGKILL'), STOP_TIMEOUT_MS);
    await child.untilExit();
    clearTimeout(late);
  }
}
