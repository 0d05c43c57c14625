import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExecOptions } from '../port/lab-runtime.js';
import type { ConformanceSubject } from './subject.js';
import { container, session } from './subject.js';
import { removed, started, until } from './steps.js';

export function describeConsoles(subject: () => ConformanceSubject): void {
  describe('consoles and commands', () => {
    let spec: ReturnType<typeof session>;
    const terminal = (command: string[]) =>
      subject().runtime.open({
        sessionId: spec.sessionId,
        system: 'alpha',
        channel: 'terminal',
        command,
        columns: 101,
        rows: 33,
      });

    const run = (line: string, options: ExecOptions) =>
      subject().runtime.exec({ sessionId: spec.sessionId, system: 'alpha' }, ['bash', '-c', line], options);

    /** How many processes have this pattern in their command line; a class in it keeps the one that looks out. */
    const alive = async (pattern: string) => {
      const line = `grep -lz '${pattern}' /proc/[0-9]*/cmdline 2>/dev/null | wc -l`;
      return (await run(line, { timeoutMs: 20_000 })).stdout.trim();
    };

    beforeAll(async () => {
      spec = session([container(subject(), 'alpha')]);
      await started(subject().runtime, spec);
    });
    afterAll(() => removed(subject().runtime, spec.sessionId));

    it('opens a terminal of the wanted size, and resizes it', async () => {
      const console = await terminal(['bash', '--norc']);
      console.write('stty size\n');
      await until(console, /33 101/);
      await console.resize(80, 24);
      console.write('stty size\n');
      await until(console, /24 80/);
      console.destroy();
    });

    it('carries bytes unchanged and tells the exit code', async () => {
      const console = await terminal(['bash', '-c', 'stty raw -echo; echo go; head -c 256 | sha256sum; exit 7']);
      await until(console, /go/);
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
      console.write(bytes);
      await until(console, new RegExp(createHash('sha256').update(bytes).digest('hex')));
      expect(await console.exited).toBe(7);
    });

    it('keeps up with a flood without losing a byte', async () => {
      const console = await terminal([
        'bash',
        '-c',
        'stty raw; head -c 3000000 /dev/zero | tr "\\0" x; echo; echo end-of-flood',
      ]);
      let bytes = 0;
      console.on('data', (chunk: Buffer) => (bytes += chunk.filter((byte) => byte === 0x78).length));
      await until(console, /end-of-flood/, 40_000);
      expect(bytes).toBe(3_000_000);
    });

    it('hangs up the process of a console that is let go', async () => {
      const console = await terminal(['bash', '-c', 'echo ready; exec sleep 4242']);
      await until(console, /ready/);
      console.destroy();
      await expect.poll(() => alive('424[2]'), { timeout: 15_000 }).toBe('0');
    });

    it('refuses a console of root, of a serial port and of nobody', async () => {
      const { runtime } = subject();
      const target = { sessionId: spec.sessionId, system: 'alpha' };
      const root = runtime.open({
        ...target,
        channel: 'terminal',
        command: ['bash'],
        user: 'root',
        columns: 80,
        rows: 24,
      });
      await expect(root).rejects.toMatchObject({ code: 'invalid_spec' });
      await expect(runtime.open({ ...target, channel: 'serial' })).rejects.toMatchObject({ code: 'unsupported' });
      await expect(runtime.open({ ...target, system: 'nobody', channel: 'desktop' })).rejects.toMatchObject({
        code: 'not_found',
      });
    });

    it('returns both outputs and the exit code', async () => {
      const result = await run('echo out; echo err >&2; exit 3', { timeoutMs: 20_000 });
      expect(result).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false, truncated: false });
    });

    it('pipes input in, byte by byte the same, and ends it', async () => {
      const script = await run('bash -s', { timeoutMs: 20_000, stdin: 'echo "one two"\nexit 4\n' });
      expect(script).toMatchObject({ exitCode: 4, stdout: 'one two\n' });
      const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));
      const { stdout } = await run('sha256sum', { timeoutMs: 20_000, stdin: bytes });
      expect(stdout).toContain(createHash('sha256').update(bytes).digest('hex'));
      expect(await run('wc -c', { timeoutMs: 20_000 })).toMatchObject({ exitCode: 0, stdout: '0\n' });
      // A command that does not want its input ends all the same.
      expect(await run('exit 5', { timeoutMs: 20_000, stdin: bytes })).toMatchObject({ exitCode: 5, timedOut: false });
    });

    it('ends a command that takes too long, and says so', async () => {
      const result = await run('echo begun; exec sleep 3131', { timeoutMs: 1500 });
      expect(result).toMatchObject({ exitCode: null, stdout: 'begun\n', timedOut: true });
      await expect.poll(() => alive('313[1]'), { timeout: 10_000 }).toBe('0');
    });

    it.each([0, 5, 30, 200, 1500])('ends a command that nobody waits for any more after %i ms', async (ms) => {
      const abort = new AbortController();
      const running = run('exec sleep 3134', { timeoutMs: 600_000, signal: abort.signal });
      const refused = expect(running).rejects.toThrow('not wanted any more');
      setTimeout(() => abort.abort(new Error('not wanted any more')), ms);
      await refused;
      // One that was told to end before it began must not begin now.
      await sleep(1000);
      await expect.poll(() => alive('313[4]'), { timeout: 10_000 }).toBe('0');
    });

    it('caps the output', async () => {
      const result = await run('head -c 100000 /dev/zero | tr "\\0" x', { timeoutMs: 20_000, maxOutputBytes: 1000 });
      expect(result).toMatchObject({ exitCode: 0, truncated: true });
      expect(result.stdout).toHaveLength(1000);
    });

    it('does not run anything as root', async () => {
      await expect(run('id', { timeoutMs: 5000, user: '0' })).rejects.toMatchObject({ code: 'invalid_spec' });
    });
  });
}
