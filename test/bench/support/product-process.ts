import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, TiedProcess } from '@lab-orchestrator/dev';
import { checkout } from '../../../tools/setup/checkout.mjs';
import { pinned } from './cpus.ts';

/** One service as it runs in production, in a process of its own whose CPU time can be read. */
export interface ProductProcess {
  readonly pid: number;
  stop(): Promise<void>;
}

/** @param env what it reads besides its health port @returns once it says that it is ready */
export async function startProductProcess(name: string, env: Record<string, string>): Promise<ProductProcess> {
  const healthPort = await freePort();
  const cwd = join(checkout, 'services', name);
  const settings = { LAB_HEALTH_PORT: String(healthPort), LAB_LOG_LEVEL: 'warn', NODE_ENV: 'production' };
  const tied = TiedProcess.spawn([...pinned('measured'), process.execPath, 'dist/main.js'], {
    signalOnParentDeath: 'TERM',
    cwd,
    env: { ...process.env, ...settings, ...env },
  });
  const url = `http://127.0.0.1:${healthPort}/health/ready`;
  while (!(await answers(url))) {
    if (!tied.running) throw new Error(`${name} ended: ${tied.lastOutput}`);
    await sleep(50);
  }
  return {
    pid: tied.pid ?? 0,
    async stop() {
      tied.signal('SIGTERM');
      await tied.untilExit();
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}
