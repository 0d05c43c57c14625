import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Order, Outcome, Reply, Sent, WorkerSettings } from './worker.process.js';

const folder = resolve(import.meta.dirname, '../../..');
const tsc = resolve(folder, '../../node_modules/.bin/tsc');

/** A process of its own that works on sessions as a provisioner does, and can be frozen and killed. */
export class Worker {
  private readonly waiting = new Map<number, (outcome: Outcome) => void>();
  private sent = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', ({ id, outcome }: Reply) => {
      this.waiting.get(id)?.(outcome);
      this.waiting.delete(id);
    });
    child.once('exit', () => this.waiting.forEach((settle) => settle('ended')));
  }

  /** Workers run what is built: a process cannot read the sources as specs do. */
  static build(): void {
    execFileSync(process.execPath, [tsc, '-b', folder], { stdio: 'inherit' });
  }

  static async start(settings: WorkerSettings): Promise<Worker> {
    const script = resolve(folder, 'dist/kubernetes/testing/worker.process.js');
    const child = spawn(process.execPath, [script, JSON.stringify(settings)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (said !== 'ready') throw new Error('The worker ended before it was ready.');
    return new Worker(child);
  }

  /** What became of it: `done`, the code of an error, or `ended` with the process. */
  tell(order: Order): Promise<Outcome> {
    if (!this.runs) return Promise.resolve('ended');
    const id = (this.sent += 1);
    return new Promise((settle) => {
      this.waiting.set(id, settle);
      this.child.send({ id, order } satisfies Sent);
    });
  }

  get runs(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Whether it is frozen (proc_pid_stat(5): the state comes after the name in brackets). */
  get isFrozen(): boolean {
    const stat = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
  }

  wake(): void {
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    if (!this.runs) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}
