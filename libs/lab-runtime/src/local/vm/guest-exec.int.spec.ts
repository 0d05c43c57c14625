import { setTimeout as delay } from 'node:timers/promises';
import type { SessionSpec } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imagesOf } from '../testing/built-images.js';
import { type VmLab, applied, cacheDir, sessionWith, until, vm, vmLab } from './testing/vm-lab.js';

const minutes = 60_000;
const small = {
  id: 'small-vm',
  name: 'small-vm',
  kind: 'disk',
  source: { kind: 'builtin', name: 'small-vm' },
} as const;

let lab: VmLab;
let session: SessionSpec;
const exec = (command: string[], options: Partial<Parameters<VmLab['runtime']['exec']>[2]> = {}) =>
  lab.runtime.exec({ sessionId: session.sessionId, system: 'server' }, command, { timeoutMs: 30_000, ...options });

beforeAll(async () => {
  await imagesOf(cacheDir, ['vm-launcher', 'small-vm']);
  lab = await vmLab();
  session = sessionWith(
    vm('server', {
      memoryBytes: 128 * 2 ** 20,
      disks: [{ kind: 'image', name: 'root', bus: 'virtio', persistent: false, image: small }],
      ready: { timeoutS: 580 },
    }),
  );
  await applied(lab, session);
  await until(lab, session, 'server', ['ready'], 10 * minutes);
}, 12 * minutes);
afterAll(() => lab.end());

describe('a command in a virtual machine', { timeout: 2 * minutes }, () => {
  it('runs as root and gives its exit code and both outputs, also while somebody is at the serial console', async () => {
    // The agent starts a moment after the prompt.
    await expect
      .poll(() => exec(['true']).catch((error: unknown) => error), { timeout: minutes })
      .toMatchObject({
        exitCode: 0,
      });
    const serial = await lab.runtime.open({ sessionId: session.sessionId, system: 'server', channel: 'serial' });
    const result = await exec(['sh', '-c', 'id -un; echo oops >&2; exit 3']);
    expect(result).toEqual({ exitCode: 3, stdout: 'root\n', stderr: 'oops\n', timedOut: false, truncated: false });
    serial.destroy();
  });

  it('takes a script through its standard input, and another user', async () => {
    const stdin = 'id -un; test "$1" = "two words"';
    expect(await exec(['sh', '-s', 'two words'], { stdin, user: 'lab' })).toEqual({
      exitCode: 0,
      stdout: 'lab\n',
      stderr: '',
      timedOut: false,
      truncated: false,
    });
  });

  it('that hangs is ended at its time limit, with its children', async () => {
    const startedAt = performance.now();
    const hanging = await exec(['sh', '-c', 'echo began; sleep 4321 & sleep 4321'], { timeoutMs: 2_000 });
    expect(hanging).toMatchObject({ exitCode: null, timedOut: true });
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    await delay(500);
    expect((await exec(['sh', '-c', 'ps | grep -c "[s]leep 4321"'])).stdout).toBe('0\n');
  });

  it('that floods is cut', async () => {
    const flooding = await exec(['sh', '-c', 'yes | head -c 3000000; exit 5'], { maxOutputBytes: 1000 });
    expect(flooding).toMatchObject({ exitCode: 5, truncated: true, timedOut: false });
    expect(flooding.stdout).toHaveLength(1000);
  });

  it('that kills its own shell has a result', async () => {
    expect((await exec(['sh', '-c', 'kill -9 $$'])).exitCode).toBe(137);
    expect((await exec(['sh', '-c', 'kill -9 $PPID; kill -9 -$PPID'])).exitCode).not.toBe(0);
  });

  it('is refused, not waited for, where no agent runs', async () => {
    await exec(['sh', '-c', '(sleep 1; killall qemu-ga) > /dev/null 2>&1 &']);
    await delay(3_000);
    await expect(exec(['true'])).rejects.toMatchObject({ code: 'unreachable', retryable: true });
  });
});
