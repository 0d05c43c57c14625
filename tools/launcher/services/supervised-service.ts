import { setTimeout as sleep } from 'node:timers/promises';
import { TiedProcess } from '@lab-orchestrator/dev';
import { Advice } from '../../setup/advice.mjs';
import { LineSplitter, prefixed, sentenceOf } from '../terminal/log-line.ts';
import { note } from '../terminal/steps.ts';
import { backoffMs } from './backoff.ts';
import { isReady } from './health.ts';
import { LogFile } from './log-file.ts';

export interface ServiceSpec {
  name: string;
  folder: string;
  healthPort: number;
  nodeOptions?: readonly string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Room for the longest name. */
  nameWidth: number;
}

const TRIES_BEFORE_READY = 3;
const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 25_000;
/** A service that ran this long starts its count of restarts anew. */
const HEALTHY_AFTER_MS = 60_000;

/** One service: its process, its log, and its return after a crash. */
export class SupervisedService {
  private readonly spec: ServiceSpec;
  private readonly log: LogFile;
  private current: TiedProcess | undefined;
  private stopping = false;
  private wasReady = false;
  private crashes = 0;

  constructor(spec: ServiceSpec) {
    this.spec = spec;
    this.log = new LogFile(spec.logFile);
    void this.keepRunning();
  }

  get name(): string {
    return this.spec.name;
  }

  async untilReady(): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (!this.stopping && !(await isReady(this.spec.healthPort))) {
      if (this.crashes >= TRIES_BEFORE_READY) throw new Advice(this.cannotStart('ended again and again'));
      if (Date.now() > deadline) throw new Advice(this.cannotStart('does not become ready'));
      await sleep(50);
    }
    this.wasReady = true;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const child = this.current;
    if (child?.running) {
      child.signal('SIGTERM');
      const late = setTimeout(() => child.signal('SIGKILL'), STOP_TIMEOUT_MS);
      await child.untilExit();
      clearTimeout(late);
    }
    this.log.close();
  }

  private async keepRunning(): Promise<void> {
    while (!this.stopping) {
      const startedAt = Date.now();
      this.current = this.spawn();
      const how = await this.current.untilExit();
      if (this.stopping) return;
      if (Date.now() - startedAt > HEALTHY_AFTER_MS) this.crashes = 0;
      this.crashes += 1;
      if (!this.wasReady && this.crashes >= TRIES_BEFORE_READY) return;
      const waitMs = backoffMs(this.crashes);
      note(this.line(`ended (${how}); starting it again in ${waitMs / 1000} s`));
      await sleep(waitMs);
    }
  }

  private spawn(): TiedProcess {
    const lines = new LineSplitter();
    const { nodeOptions = [], folder, env } = this.spec;
    return TiedProcess.spawn([process.execPath, '--enable-source-maps', ...nodeOptions, 'dist/main.js'], {
      cwd: folder,
      env,
      signalOnParentDeath: 'TERM',
      onOutput: (chunk) => {
        this.log.write(chunk);
        for (const sentence of lines.push(chunk).map(sentenceOf)) if (sentence !== undefined) note(this.line(sentence));
      },
    });
  }

  private line(sentence: string): string {
    return prefixed(this.spec.name, this.spec.nameWidth, sentence);
  }

  private cannotStart(what: string): string {
    return `The ${this.spec.name} ${what}; what it said is above and in ${this.spec.logFile}.`;
  }
}
