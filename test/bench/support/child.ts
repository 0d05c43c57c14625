import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, Call, Commands } from './commands.ts';
import { pinned } from './cpus.ts';

export interface ChildOptions {
  /** On the CPU of what is measured, or on that of those who make load. */
  where: 'measured' | 'load';
  /** For load that must not push the probe aside; 0 unless told. */
  niceness?: number;
  /** Given to the script after its name. */
  values?: string[];
  nodeOptions?: string[];
}

/** A script in a process of its own, so that its CPU time and memory can be told from everybody else's. */
export class Child<C extends Commands> {
  readonly pid: number;
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private calls = 0;

  private constructor(child: ChildProcess, pid: number) {
    this.child = child;
    this.pid = pid;
    child.on('message', (answer: Answer) => {
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
    child.once('exit', () => this.fail());
  }

  /** Resolves once the script serves its commands. */
  static async start<C extends Commands>(script: string, options: ChildOptions): Promise<Child<C>> {
    const node = [process.execPath, ...(options.nodeOptions ?? []), script, ...(options.values ?? [])];
    const [program = '', ...words] = [...pinned(options.where, options.niceness), ...node];
    const child = spawn(program, words, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
    const [how] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (how !== 'ready' || child.pid === undefined) throw new Error(`${script} ended before it was ready`);
    return new Child<C>(child, child.pid);
  }

  call<K extends keyof C & string>(name: K, ...values: Parameters<C[K]>): Promise<Awaited<ReturnType<C[K]>>> {
    const id = this.calls++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ value, error }) => {
        if (error !== undefined) return reject(new Error(`${name}: ${error}`));
        resolve(value as Awaited<ReturnType<C[K]>>);
      });
      this.child.send({ id, name, values } satisfies Call);
    });
  }

  /** Stops it in the middle of everything, as a computer that goes to sleep does. Only `end` comes after. */
  freeze() {
    this.child.kill('SIGSTOP');
  }

  async end() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    if (this.child.connected) this.child.disconnect();
    const late = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(late);
  }

  /** Ends it at once, also when it is frozen. */
  async kill() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  private fail() {
    for (const [id, settle] of this.waiting) settle({ id, error: 'the process has ended' });
    this.waiting.clear();
  }
}
