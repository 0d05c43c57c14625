import { type ChildProcess, spawn } from 'node:child_process';

export interface TiedProcessOptions {
  /** Sent by the kernel when this process dies, however it dies. */
  signalOnParentDeath: 'INT' | 'TERM';
  cwd: string;
  /** Default: our own environment. */
  env?: NodeJS.ProcessEnv;
  /** Put before `setpriv`: entering another user namespace would forget the signal set before it. */
  wrapper?: string[];
  onOutput?: (chunk: Buffer) => void;
}

/** A child that the kernel ends with us, in a process group of its own: Ctrl-C of the terminal reaches only us. */
export class TiedProcess {
  readonly exited: Promise<string>;
  private ended = false;
  private tail = '';

  private constructor(private readonly child: ChildProcess) {
    this.exited = new Promise((resolve) => {
      const settle = (how: string) => {
        this.ended = true;
        resolve(how);
      };
      child.once('error', (error) => settle(error.message));
      child.once('exit', (code, signal) => settle(signal === null ? `exit code ${code}` : `signal ${signal}`));
    });
  }

  static spawn(command: string[], options: TiedProcessOptions): TiedProcess {
    const tie = ['setpriv', '--pdeathsig', options.signalOnParentDeath, '--'];
    const [file = '', ...args] = [...(options.wrapper ?? []), ...tie, ...command];
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const tied = new TiedProcess(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        tied.tail = (tied.tail + chunk.toString('utf8')).slice(-4000);
        options.onOutput?.(chunk);
      });
      // A server that is still up must not keep a finished test run from ending.
      if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
    }
    child.unref();
    return tied;
  }

  get pid(): number | undefined {
    return this.ended ? undefined : this.child.pid;
  }

  get running(): boolean {
    return !this.ended;
  }

  /** The last words, for error messages. */
  get lastOutput(): string {
    return this.tail.trim();
  }

  /** Waits for the end; only while somebody waits does the child keep this process alive. */
  async untilExit(): Promise<string> {
    if (!this.ended) this.child.ref();
    return this.exited;
  }

  signal(name: NodeJS.Signals): void {
    if (!this.ended) this.child.kill(name);
  }
}
