import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, startTimeOf } from './process-identity.js';

const record = (folder: string) => join(folder, 'process.json');

/** Writes down which process uses the folder, for `endLeftover` of the next start. */
export async function recordProcess(folder: string, pid: number): Promise<void> {
  const startTime = await startTimeOf(pid);
  if (startTime !== undefined) await writeFile(record(folder), JSON.stringify({ pid, startTime }));
}

/** Ends the server that an earlier run left on this folder (it was paused, or its parent died in a bad moment). */
export async function endLeftover(folder: string): Promise<void> {
  const written = await readFile(record(folder), 'utf8').catch(() => undefined);
  if (written === undefined) return;
  const { pid, startTime } = parse(written);
  for (let tries = 0; tries < 200 && (await isRunning(pid, startTime)); tries += 1) {
    signal(pid, 'SIGCONT');
    signal(pid, tries < 100 ? 'SIGINT' : 'SIGKILL');
    await sleep(50);
  }
  await rm(record(folder), { force: true });
}

function parse(written: string): { pid: number; startTime: string } {
  try {
    const value: unknown = JSON.parse(written);
    if (typeof value === 'object' && value !== null && 'pid' in value && 'startTime' in value) {
      return { pid: Number(value.pid), startTime: String(value.startTime) };
    }
  } catch {
    // A half-written record of a crash: there is nothing to end.
  }
  return { pid: 0, startTime: '' };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already.
  }
}
