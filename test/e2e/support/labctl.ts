import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../../..');
const main = join(root, 'tools/labctl/dist/main.js');

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** `labctl` as a person runs it, with settings of its own. */
export class Labctl {
  private readonly env: NodeJS.ProcessEnv;

  /** @param settings a folder for what it keeps */
  constructor(settings: string) {
    const { LAB_URL: _url, LAB_TOKEN: _token, ...env } = process.env;
    this.env = { ...env, XDG_CONFIG_HOME: settings };
  }

  /** Builds it: a program is tried as it is delivered. */
  static async build(): Promise<void> {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    await promisify(execFile)(process.execPath, [tsc, '-b', join(root, 'tools/labctl')]);
  }

  /** Runs a command to its end. */
  async run(args: string[], input = ''): Promise<Ended> {
    const child = this.spawn(args);
    const [out, err] = [gather(child.stdout), gather(child.stderr)];
    child.stdin.end(input);
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out: out(), err: err() };
  }

  /** The result of a command that has to succeed. */
  async json<T>(...args: string[]): Promise<T> {
    const { code, out, err } = await this.run(['--json', ...args]);
    if (code !== 0) throw new Error(`labctl ${args.join(' ')}: ${code} ${err}`);
    return JSON.parse(out) as T;
  }

  /** A command that goes on until it is told to end. */
  talk(args: string[]): Talk {
    return new Talk(this.spawn(args));
  }

  private spawn(args: string[]) {
    return spawn(process.execPath, [main, ...args], { env: this.env, stdio: ['pipe', 'pipe', 'pipe'] });
  }
}

/** A running command: what it has said so far, and what is typed into it. */
export class Talk {
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly heard: () => string;

  constructor(child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.child = child;
    this.heard = gather(child.stdout);
    child.stderr.resume();
  }

  get said(): string {
    return this.heard();
  }

  /** The lines of JSON so far. */
  get lines(): unknown[] {
    return this.said
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
  }

  type(text: string) {
    this.child.stdin.write(text);
  }

  interrupt() {
    this.child.kill('SIGINT');
  }

  /** @returns its exit code */
  async ended(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const [code] = (await once(this.child, 'close')) as [number | null];
    return code;
  }
}

function gather(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}
