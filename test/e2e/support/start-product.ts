import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../../..');
/** What the labs of the specs run. */
const IMAGES = ['terminal', 'vm-launcher', 'small-vm', 'desktop'];
const STOP_TIMEOUT_MS = 90_000;

export interface StartedProduct {
  /** The line of JSON that it printed. */
  line: string;
  /** Where it keeps what it knows. */
  data: string;
  /** Ends it with every lab it runs, and removes its data. */
  stop(): Promise<void>;
}

/** Starts the product as a person does, on any free port and with data of its own. */
export async function startProduct(): Promise<StartedProduct> {
  const data = mkdtempSync(join(tmpdir(), 'lab-e2e-'));
  const child = start(['--json', '--data', data, '--port', '0', '--images', IMAGES.join()]);
  const stop = async () => {
    await end(child);
    const [code] = await once(start(['--clean', '--yes', '--data', data]), 'exit');
    rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
    if (code !== 0) throw new Error('the labs of the product could not be removed; its messages are above');
  };
  try {
    return { line: await firstLine(child), data, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function start(args: string[]): ChildProcess {
  return spawn(process.execPath, [join(root, 'tools/start.mjs'), ...args], {
    cwd: root,
    env: ofAPerson(process.env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Without what Vitest sets for itself: the product would be built for tests. */
function ofAPerson(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = ([name]: [string, unknown]) => name !== 'NODE_ENV' && name !== 'TEST' && !name.startsWith('VITEST');
  return Object.fromEntries(Object.entries(env).filter(own));
}

/** What a product prints when it is ready: its address and logins. */
export async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the product has no output');
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) return line;
  throw new Error('the product ended before it was ready; its messages are above');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(late);
}
