import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isRunning, startTimeOf } from '@lab-orchestrator/dev';
import { Advice } from '../../setup/advice.mjs';
import type { DataFolder } from './data-folder.ts';

/** Keeps a second instance off the data folder. A lock whose owner died counts for nothing. */
export async function lockFolder(data: DataFolder): Promise<Disposable> {
  const file = data.in('launcher.lock');
  const owner = ownerIn(file);
  if (owner !== undefined && (await isRunning(owner.pid, owner.startTime))) {
    throw new Advice(
      `Lab Orchestrator already runs on ${data.path} (process ${owner.pid}). Stop it there with Ctrl-C, or start a second one with --data DIR --port N.`,
    );
  }
  writeFileSync(file, JSON.stringify({ pid: process.pid, startTime: await startTimeOf(process.pid) }));
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

function ownerIn(file: string): { pid: number; startTime: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
