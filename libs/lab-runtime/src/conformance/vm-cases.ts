import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { VmSystemSpec } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SerialScreen } from './serial-screen.js';
import { removed, sh, started } from './steps.js';
import { type ConformanceSubject, type Lack, container, session } from './subject.js';

const MiB = 2 ** 20;
const password = 'four-words-in-a-row';

/** Emulated guests boot in 20 s of CPU time, which is minutes on a busy machine. */
const bootTimeoutMs = 600_000;

/** A VM of the small golden disk with everything the lab file can give it. */
function server(subject: ConformanceSubject): VmSystemSpec {
  const { disks } = subject;
  if (!disks) throw new Error('The subject has no disks.');
  return {
    name: 'server',
    title: 'Server',
    kind: 'vm',
    networks: ['lan', 'dmz'],
    forwarding: false,
    cpus: 1,
    memoryBytes: 160 * MiB,
    firmware: 'bios',
    runStrategy: 'always',
    disks: [
      { kind: 'image', name: 'root', bus: 'virtio', persistent: true, image: disks.small, sizeBytes: 2 * 1024 * MiB },
      { kind: 'empty', name: 'data', bus: 'sata', persistent: false, sizeBytes: 64 * MiB },
      { kind: 'empty', name: 'more', bus: 'scsi', persistent: true, sizeBytes: 32 * MiB },
    ],
    cloudInit: {
      userData: `#cloud-config\nusers:\n  - name: lab\n    plain_text_passwd: ${password}\n    lock_passwd: false\n`,
    },
    access: [
      { name: 'console', kind: 'serial' },
      { name: 'screen', kind: 'desktop' },
      { name: 'site', kind: 'web', port: 80, path: '/' },
    ],
    ready: { timeoutS: 580 },
  };
}

/** What a runtime must do with virtual machines; skipped where the subject has no golden disk. */
export function describeVmCases(subject: () => ConformanceSubject): void {
  describe('a virtual machine', () => {
    let spec: ReturnType<typeof session>;
    let addresses: Record<string, string> = {};
    const target = () => ({ sessionId: spec.sessionId, system: 'server' });
    const lacks = (lack: Lack) => subject().lacks?.has(lack) === true;

    beforeAll(async () => {
      if (!subject().disks) return;
      const systems = [server(subject()), container(subject(), 'client')];
      spec = session(systems, {
        networks: [
          { name: 'lan', internet: false },
          { name: 'dmz', internet: false },
        ],
      });
      const [seen] = await started(subject().runtime, spec);
      addresses = seen?.addresses ?? {};
    }, bootTimeoutMs);
    afterAll(async () => {
      if (spec) await removed(subject().runtime, spec.sessionId);
    });
    const vmIt = (name: string, test: () => Promise<void>, timeoutMs = 180_000) =>
      it(name, { timeout: timeoutMs }, async ({ skip }) => (subject().disks ? test() : skip('no golden disk')));

    /** A shell on the serial console; whoever was there before may have left it logged in. */
    async function loggedIn(): Promise<SerialScreen> {
      const screen = new SerialScreen(await subject().runtime.open({ ...target(), channel: 'serial' }));
      screen.type('');
      const [shown] = await screen.shows(/login: *$|[$#] *(?:\S\[6n)?$/);
      if (!shown.startsWith('login')) return screen;
      screen.type('lab');
      await screen.shows(/assword: *$/);
      screen.type(password);
      await screen.shows(/[$#] *(?:\S\[6n)?$/); // The shell asks the terminal where its cursor is.
      return screen;
    }

    vmIt('answers other systems by its name: HTTP and ping', async () => {
      const web = await sh(
        subject().runtime,
        spec,
        'client',
        'curl -sS -m 10 -o /dev/null -w "%{http_code} %{remote_ip}" http://server/',
      );
      expect(web.stdout).toBe(`200 ${addresses['lan']}`);
      expect(await sh(subject().runtime, spec, 'client', 'ping -c 2 -W 5 server')).toMatchObject({ exitCode: 0 });
    });

    vmIt(
      'lets in by the password of its cloud-init, has its name, its addresses, its disks, and knows the others by name',
      async () => {
        const screen = await loggedIn();
        try {
          expect(await screen.run('hostname')).toBe('server');
          if (!lacks('own addresses in guests')) {
            const own = await screen.run('ip -4 -o addr show scope global');
            expect(own).toContain(` ${addresses['lan']}/`);
            expect(own).toContain(` ${addresses['dmz']}/`);
            expect(await screen.run('ip route')).not.toContain('default');
          }
          const sizes = (await screen.run('cat /sys/block/[sv]d*/size'))
            .split(/\s+/)
            .map((sectors) => Number(sectors) / 2048);
          const most = lacks('exact sizes of disks') ? 1.2 : 1;
          for (const wanted of [...(lacks('larger copies of disks') ? [] : [2048]), 64, 32]) {
            expect(
              sizes.some((size) => size >= wanted && size <= wanted * most),
              `${wanted} MiB in ${sizes}`,
            ).toBe(true);
          }
          const name = lacks('names without a domain') ? String.raw`client(?:\.\S+)?` : 'client';
          expect(await screen.run('nslookup client')).toMatch(new RegExp(String.raw`Name:\s+${name}\s+Address`));
        } finally {
          screen.close();
        }
      },
    );

    vmIt('shows its screen over RFB', async () => {
      const screen = await subject().runtime.open({ ...target(), channel: 'desktop' });
      const [banner] = await once(screen, 'data');
      expect(String(banner)).toBe('RFB 003.008\n');
      screen.destroy();
    });

    vmIt('opens its ports to the platform', async () => {
      const port = await subject().runtime.open({ ...target(), channel: 'port', port: 80 });
      port.write('GET / HTTP/1.0\r\n\r\n');
      const [answer] = await once(port, 'data');
      expect(String(answer)).toMatch(/^HTTP\/1\.[01] 200/);
      port.destroy();
    });

    vmIt('keeps its processes and its memory while paused', async () => {
      const before = await loggedIn();
      await before.run('sleep 600 & echo kept-$! > /tmp/mark; cat /tmp/mark');
      const uptime = async (screen: SerialScreen) => Number.parseFloat(await screen.run('cat /proc/uptime'));
      const then = await uptime(before);
      await subject().runtime.pause(spec.sessionId);
      const asleep = await sh(subject().second, spec, 'client', 'true', 3000).catch(() => undefined);
      expect(asleep?.exitCode).not.toBe(0);
      await delay(6000);
      await subject().runtime.resume(spec.sessionId);
      const now = await uptime(before);
      expect(now).toBeGreaterThanOrEqual(then);
      expect(now - then).toBeLessThan(5);
      expect(await before.run('kill -0 $(cut -d- -f2 /tmp/mark) && echo alive')).toBe('alive');
      before.close();
    });

    vmIt(
      'keeps its disks over a restart',
      async () => {
        const before = await loggedIn();
        await before.run('echo still here > ~/mark; sync');
        before.close();
        await subject().runtime.restart(target());
        await started(subject().runtime, spec);
        const after = await loggedIn();
        expect(await after.run('cat ~/mark')).toBe('still here');
        after.close();
      },
      bootTimeoutMs,
    );

    vmIt('leaves nothing behind', async () => {
      await removed(subject().runtime, spec.sessionId);
      expect(await subject().leftovers(spec.sessionId)).toEqual([]);
    });
  });
}
