import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { SessionSpec } from '@lab-orchestrator/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SerialScreen } from '../../conformance/serial-screen.js';
import { openTinyUpload, tinyGuest } from './testing/tiny-guest.js';
import { type VmLab, applied, sessionWith, until, vm, vmLab } from './testing/vm-lab.js';

let lab: VmLab;
beforeAll(async () => {
  lab = await vmLab({ diskImages: { openUpload: openTinyUpload } });
});
afterAll(() => lab.end());

const openScreens: SerialScreen[] = [];
const serialOf = async (session: SessionSpec, system: string) => {
  const screen = new SerialScreen(await lab.runtime.open({ sessionId: session.sessionId, system, channel: 'serial' }));
  openScreens.push(screen);
  return screen;
};
afterEach(() => {
  for (const screen of openScreens.splice(0)) screen.close();
});

/** The emulator of one system, as the host sees it. */
function emulatorOf(system: string): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,uid=,args='], { encoding: 'utf8', maxBuffer: 16 * 2 ** 20 });
  return table
    .split('\n')
    .filter((line) => line.includes(`qemu-system-x86_64 -name guest=${system} `))
    .map((line) => Number(line.trim().split(/\s+/)[0]));
}

describe('a virtual machine', () => {
  let session: SessionSpec;
  beforeAll(async () => {
    session = sessionWith(
      vm('first', {
        access: [
          { kind: 'serial', name: 'console' },
          { kind: 'desktop', name: 'screen' },
        ],
      }),
    );
    await applied(lab, session);
    await until(lab, session, 'first', ['ready']);
  });
  afterAll(() => lab.runtime.remove(session.sessionId));
  const target = () => ({ sessionId: session.sessionId, system: 'first' });

  it('shows on its serial console what was printed before, takes keys, and survives reconnecting', async () => {
    const one = await serialOf(session, 'first');
    await one.shows(/guest 0001/);
    one.press('x');
    await one.shows(/x/);
    one.close();
    const two = await serialOf(session, 'first');
    await two.shows(/guest 0001/);
    two.press('y');
    await two.shows(/y/);
  });

  it('shows its screen over RFB', async () => {
    const screen = await lab.runtime.open({ ...target(), channel: 'desktop' });
    const [banner] = await once(screen, 'data');
    expect(String(banner)).toBe('RFB 003.008\n');
    screen.destroy();
  });

  it('stands still while paused and goes on where it was', async () => {
    const screen = await serialOf(session, 'first');
    await screen.shows(/guest \d+/);
    const ticks = async () => {
      screen.press('u');
      return Number.parseInt((await screen.shows(/([0-9a-f]{4})\r/))[1] ?? '', 16);
    };
    const before = await ticks();
    await lab.runtime.pause(session.sessionId);
    await lab.runtime.pause(session.sessionId);
    expect(await until(lab, session, 'first', ['paused'])).toMatchObject({ state: 'paused' });
    await delay(4000);
    await lab.runtime.resume(session.sessionId);
    await lab.runtime.resume(session.sessionId);
    await until(lab, session, 'first', ['ready']);
    const after = await ticks();
    expect(after).toBeGreaterThanOrEqual(before);
    // 4 s would be 73 ticks.
    expect(after - before).toBeLessThan(60);
  });

  it('reboots in place when the guest asks for it', async () => {
    const screen = await serialOf(session, 'first');
    screen.press('r');
    await screen.shows(/guest 0002/);
    expect((await until(lab, session, 'first', ['ready'])).state).toBe('ready');
  });

  it('keeps its disk over a restart', async () => {
    await lab.runtime.restart(target());
    await until(lab, session, 'first', ['ready']);
    const screen = await serialOf(session, 'first');
    await screen.shows(/guest 0003/);
  });

  it('runs its emulator without root, without capabilities and without a way to new ones', () => {
    const [pid] = emulatorOf('first');
    const status = execFileSync('cat', [`/proc/${pid}/status`], { encoding: 'utf8' });
    expect(status).toMatch(/^Uid:\s+[1-9]/m);
    expect(status).toMatch(/^CapEff:\s+0+$/m);
    expect(status).toMatch(/^CapBnd:\s+0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(status).toMatch(/^Seccomp:\s+2$/m);
  });

  it('says that no agent runs commands in this guest, and refuses terminals, which no guest has', async () => {
    await expect(lab.runtime.exec(target(), ['true'], { timeoutMs: 1000 })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('guest agent'),
    });
    const terminal = { ...target(), channel: 'terminal' as const, command: ['sh'], columns: 80, rows: 24 };
    await expect(lab.runtime.open(terminal)).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('protects the image it stands on', async () => {
    await expect(lab.runtime.removeImage(tinyGuest.id)).rejects.toMatchObject({ code: 'invalid_spec' });
  });

  it('leaves nothing behind', async () => {
    for (let gone = false; !gone; await delay(100)) ({ gone } = await lab.runtime.remove(session.sessionId));
    expect(emulatorOf('first')).toEqual([]);
    expect(await readdir(`${lab.dataDir}/sessions`)).not.toContain(session.sessionId);
    expect(await lab.runtime.sessions()).not.toContain(session.sessionId);
  });
});

describe('run strategies, a crash and a disk that does not boot', () => {
  let session: SessionSpec;
  beforeAll(async () => {
    session = sessionWith(
      vm('always'),
      vm('once', { runStrategy: 'rerunOnFailure' }),
      vm('halted', { runStrategy: 'halted' }),
      vm('blank', {
        disks: [{ kind: 'empty', name: 'root', bus: 'sata', persistent: true, sizeBytes: 1024 ** 2 }],
        ready: { timeoutS: 8 },
      }),
    );
    await applied(lab, session);
  });
  afterAll(() => lab.runtime.remove(session.sessionId));

  it('starts again after a power-off when it shall always run', async () => {
    await until(lab, session, 'always', ['ready']);
    const screen = await serialOf(session, 'always');
    screen.press('p');
    await once(screen.console, 'close');
    let shown = '';
    for (let n = 0; n < 100 && !shown.includes('0002'); n += 1) {
      await delay(200);
      const again = await serialOf(session, 'always').catch(() => undefined);
      await again?.shows(/guest 0002/, 500).then(
        () => (shown = '0002'),
        () => undefined,
      );
      again?.close();
    }
    expect(shown).toBe('0002');
  });

  it('stays off after a power-off when it shall only be rerun after failures', async () => {
    await until(lab, session, 'once', ['ready']);
    const screen = await serialOf(session, 'once');
    screen.press('p');
    expect((await until(lab, session, 'once', ['stopped', 'broken'])).state).toBe('stopped');
  });

  it('is not started when halted, until somebody starts it', async () => {
    expect((await until(lab, session, 'halted', ['stopped'])).stage).toBe('disk');
    await lab.runtime.restart({ sessionId: session.sessionId, system: 'halted' });
    await until(lab, session, 'halted', ['ready']);
  });

  it('is broken with a reason when nothing boots', async () => {
    const seen = await until(lab, session, 'blank', ['broken', 'ready']);
    expect(seen).toMatchObject({ state: 'broken', reason: { code: 'not_ready_in_time', system: 'blank' } });
  });

  it('is started again after a crash of the emulator, and broken when that happens again and again', async () => {
    const killed = new Set<number>();
    const kill = () => {
      for (const pid of emulatorOf('halted')) {
        process.kill(pid, 'SIGKILL');
        killed.add(pid);
      }
    };
    kill();
    await delay(300);
    for (let n = 0; n < 200 && killed.size < 2; n += 1) {
      kill();
      await delay(100);
    }
    expect(killed.size).toBeGreaterThan(1);
    const timer = setInterval(kill, 100);
    const seen = await until(lab, session, 'halted', ['broken'], 30_000).finally(() => clearInterval(timer));
    expect(seen.reason).toMatchObject({ code: 'vm_crashed', system: 'halted' });
  });
});
