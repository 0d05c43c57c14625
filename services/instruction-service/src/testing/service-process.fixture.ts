import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@lab-orchestrator/dev';

const folder = resolve(import.meta.dirname, '../..');
const tsc = resolve(folder, '../../node_modules/.bin/tsc');

/** The service as it runs in production: built, in a process of its own, that can be killed. */
export class ServiceProcess {
  /** All that it has written to its log. */
  log = '';
  private constructor(private readonly process: ChildProcess) {
    process.stdout?.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    process.stderr?.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
  }

  static build() {
    execFileSync(process.execPath, [tsc, '-b', folder], { stdio: 'inherit' });
  }

  static async start(env: Record<string, string>): Promise<ServiceProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, ['dist/main.js'], {
      cwd: folder,
      env: { ...process.env, ...env, LAB_HEALTH_PORT: String(port) },
    });
    const service = new ServiceProcess(child);
    for (const deadline = Date.now() + 60_000; !(await isReady(port)); await sleep(50)) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`it does not start: ${service.log}`);
    }
    return service;
  }

  /** At once, as a crash does. */
  async kill() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }

  async stop() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
  }
}

const isReady = (port: number) =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
