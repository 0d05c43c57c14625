import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { until } from '../../conformance/steps.js';
import { RuntimeError } from '../../port/runtime-error.js';
import { kinds, type Pod } from '../client/kinds.js';
import { namespaceOf } from '../names.js';
import { describeOnCluster, removeNamespaces, testImages, uniqueInstance } from '../testing/test-cluster.js';
import { execInSystem, openConsole } from './cluster-consoles.js';

const system = 'web';
const waiting = { timeout: 60_000, interval: 200 };
/** Answers on 8080, echoes on 8081, and is silent on 8082. */
const serve = `nc -ll -p 8080 -e echo hello & nc -ll -p 8081 -e cat & exec sleep 3600`;

describeOnCluster('consoles of a pod', (cluster) => {
  const instance = uniqueInstance('c');
  const sessionId = crypto.randomUUID();
  const namespace = namespaceOf(instance, sessionId);
  const target = { sessionId, system };

  const run = (command: string[], options: Partial<Parameters<typeof execInSystem>[4]> = {}) =>
    execInSystem(cluster(), instance, target, command, { timeoutMs: 30_000, ...options });
  const terminal = (command: string[], more: { user?: string; columns?: number; rows?: number } = {}) =>
    openConsole(cluster(), instance, { ...target, channel: 'terminal', command, columns: 101, rows: 33, ...more });
  const alive = async (seconds: number) =>
    (await run(['sh', '-c', `grep -lz '^${seconds}$' /proc/[0-9]*/cmdline 2>/dev/null | wc -l`])).stdout.trim();

  beforeAll(async () => {
    await cluster().apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    await cluster().apply(pod(system, namespace));
    await cluster().apply(pod('other', namespace));
    await running(system);
    await running('other');
  });
  afterAll(async () => {
    await removeNamespaces(cluster(), [namespace]);
    cluster().close();
  });

  async function running(name: string) {
    const ref = { kind: kinds.pod, namespace, name };
    await vi.waitUntil(async () => (await cluster().read(ref))?.status?.phase === 'Running', waiting);
  }

  it('echoes, knows its size from the first moment, and is resized', async () => {
    const console = await terminal(['sh']);
    console.write('stty size\n');
    await until(console, /33 101/);
    await console.resize(80, 24);
    await expect
      .poll(() => (console.write('stty size\n'), until(console, /\d+ \d+\r\n/)), { timeout: 10_000 })
      .toMatch(/24 80/);
    console.write('echo $TERM $((6 * 7))\n');
    await until(console, /xterm-256color 42/);
    console.destroy();
  });

  it('keeps a size that is given at once, twenty times', async () => {
    for (let count = 0; count < 20; count += 1) {
      const console = await terminal(['sh'], { columns: 80, rows: 24 });
      await console.resize(90 + count, 40);
      await expect
        .poll(() => (console.write('stty size\n'), until(console, /\d+ \d+\r\n/)), { timeout: 10_000 })
        .toMatch(new RegExp(`40 ${90 + count}`));
      console.destroy();
    }
  });

  it('shows nothing but what the command prints', async () => {
    const console = await terminal(['echo', 'only this']);
    expect((await console.toArray()).join('')).toBe('only this\r\n');
    expect(await console.exited).toBe(0);
  });

  it.each([
    ['a plain end', ['true'], 0],
    ['a code', ['sh', '-c', 'exit 7'], 7],
    ['a signal', ['sh', '-c', 'kill -9 $$'], 137],
    ['no such program', ['no-such-program'], 127],
  ])('tells the exit code: %s', async (_, command, code) => {
    const console = await terminal(command);
    console.resume();
    expect(await console.exited).toBe(code);
  });

  it('carries bytes unchanged', async () => {
    const console = await terminal(['sh', '-c', 'stty raw -echo; echo go; head -c 256 | sha256sum']);
    await until(console, /go/);
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    console.write(bytes);
    await until(console, new RegExp(createHash('sha256').update(bytes).digest('hex')));
  });

  it('hangs up the process of a console that is let go, and nothing else', async () => {
    // The first one gets its signal with the shell, the second asked not to, as terminal multiplexers do.
    const console = await terminal(['sh', '-c', 'setsid sleep 4343 & echo ready; exec sleep 4242']);
    await until(console, /ready/);
    expect(await alive(4242)).toBe('1');
    console.destroy();
    await expect.poll(() => alive(4242), { timeout: 15_000 }).toBe('0');
    expect(await alive(4343)).toBe('1');
    await run(['pkill', '-f', 'sleep 4343']);
  });

  it('bears 50 MB with a reader that stalls, in little memory', async () => {
    const bytes = 50_000_000;
    // Stays until everything was read: the API server cuts what is on its way when a process ends before a slow reader.
    const console = await terminal(['sh', '-c', `stty raw -echo; head -c ${bytes} /dev/zero; head -c 1 >/dev/null`]);
    const before = memory();
    let most = 0;
    let read = 0;
    const measure = setInterval(() => (most = Math.max(most, memory() - before)), 100);
    console.once('data', (chunk: Buffer) => {
      read += chunk.length;
      console.pause();
    });
    await delay(3_000);
    const held = console.readableLength;
    console.on('data', (chunk: Buffer) => {
      read += chunk.length;
      if (read >= bytes) console.write('.');
    });
    console.resume();
    await once(console, 'end');
    clearInterval(measure);
    expect(held).toBeLessThan(2_000_000);
    expect({ exited: await console.exited, read }).toEqual({ exited: 0, read: bytes });
    expect(most).toBeLessThan(40_000_000);
  });

  it('does not take more than a process reads', async () => {
    const console = await terminal(['sh', '-c', 'stty raw -echo; echo go; sleep 3; wc -c']);
    await until(console, /go/);
    const before = memory();
    let taken = 0;
    const stop = Date.now() + 2_000;
    const piece = Buffer.alloc(256 * 1024, 'x');
    while (Date.now() < stop && taken < 200) {
      taken += 1;
      if (!console.write(piece)) await Promise.race([once(console, 'drain'), delay(stop - Date.now())]);
    }
    expect(taken).toBeLessThan(200);
    expect(memory() - before).toBeLessThan(40_000_000);
    console.destroy();
  });

  it('returns both outputs and the exit code', async () => {
    const result = await run(['sh', '-c', 'echo out; echo err >&2; exit 3']);
    expect(result).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false, truncated: false });
  });

  it('gives arguments to a command as they are', async () => {
    const words = ['a b', '"$HOME"', "it's", '*', '', '--', 'ü&=%+\n'];
    const { stdout } = await run(['printf', '[%s]', ...words]);
    expect(stdout).toBe(words.map((word) => `[${word}]`).join(''));
  });

  it('pipes input in, and ends it', async () => {
    expect(await run(['sh', '-s'], { stdin: 'echo "one two"\nexit 4\n' })).toMatchObject({
      exitCode: 4,
      stdout: 'one two\n',
    });
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 256));
    const { stdout } = await run(['sha256sum'], { stdin: bytes });
    expect(stdout).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect(await run(['wc', '-c'], { stdin: '' })).toMatchObject({ exitCode: 0, stdout: '0\n' });
    expect(await run(['wc', '-c'])).toMatchObject({ exitCode: 0, stdout: '0\n' });
    expect(await run(['sh', '-c', 'exit 5'], { stdin: bytes })).toMatchObject({ exitCode: 5, timedOut: false });
  });

  it('ends a command that takes too long, and what it started', async () => {
    const result = await run(['sh', '-c', 'echo begun; sleep 3132 & exec sleep 3131'], { timeoutMs: 1_500 });
    expect(result).toMatchObject({ exitCode: null, stdout: 'begun\n', timedOut: true });
    expect([await alive(3131), await alive(3132)]).toEqual(['0', '0']);
  });

  it('ends a command that nobody waits for any more', async () => {
    const abort = new AbortController();
    const sleeping = run(['sleep', '3133'], { signal: abort.signal });
    await expect.poll(() => alive(3133), { timeout: 10_000 }).toBe('1');
    abort.abort(new Error('not wanted any more'));
    await expect(sleeping).rejects.toThrow('not wanted any more');
    await expect.poll(() => alive(3133), { timeout: 10_000 }).toBe('0');
  });

  it('caps the output, both together, and reads on', async () => {
    const line = 'head -c 5000000 /dev/zero | tr "\\0" x; head -c 100000 /dev/zero >&2; exit 6';
    const result = await run(['sh', '-c', line], { maxOutputBytes: 1000 });
    expect(result).toMatchObject({ exitCode: 6, truncated: true });
    expect(result.stdout.length + result.stderr.length).toBe(1000);
  });

  it('connects to a port', async () => {
    const hello = await openConsole(cluster(), instance, { ...target, channel: 'port', port: 8080 });
    expect((await hello.toArray()).join('')).toBe('hello\n');
    const echo = await openConsole(cluster(), instance, { ...target, channel: 'port', port: 8081 });
    const bytes = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => (index * 13) % 251));
    echo.write(bytes);
    const parts: Buffer[] = [];
    for await (const part of echo) {
      parts.push(part);
      if (parts.reduce((sum, { length }) => sum + length, 0) >= bytes.length) break;
    }
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  });

  it('tells of a port that nobody listens on', async () => {
    const console = await openConsole(cluster(), instance, { ...target, channel: 'port', port: 8099 });
    const error: unknown = await new Promise((resolve) => console.once('error', resolve).resume());
    expect(error).toBeInstanceOf(RuntimeError);
    expect(error).toMatchObject({ code: 'unreachable', retryable: true });
  });

  it.each([
    ['a serial port', { channel: 'serial' }, 'unsupported', false],
    ['a desktop that is not there', { channel: 'desktop' }, 'unreachable', true],
    ['root', { channel: 'terminal', command: ['sh'], user: 'root', columns: 80, rows: 24 }, 'invalid_spec', false],
    ['nobody', { channel: 'desktop', system: 'nobody' }, 'not_found', false],
    ['another session', { channel: 'desktop', sessionId: crypto.randomUUID() }, 'not_found', false],
  ] as const)('refuses %s', async (_, change, code, retryable) => {
    const opening = openConsole(cluster(), instance, { ...target, ...change } as Parameters<typeof openConsole>[2]);
    await expect(opening).rejects.toMatchObject({ code, retryable });
  });

  it('runs nothing as another user', async () => {
    await expect(run(['id'], { user: '0' })).rejects.toMatchObject({ code: 'invalid_spec' });
    expect((await run(['id', '-u'], { user: 'lab' })).stdout).toBe('1000\n');
  });

  it('lets go when the opening is not wanted any more', async () => {
    const signal = AbortSignal.abort(new Error('changed my mind'));
    const opening = openConsole(cluster(), instance, { ...target, channel: 'port', port: 8080 }, { signal });
    await expect(opening).rejects.toThrow('changed my mind');
  });

  it('tells of a pod that goes away', async () => {
    const where = { sessionId, system: 'other' };
    const shell = await openConsole(cluster(), instance, {
      ...where,
      channel: 'terminal',
      command: ['sh'],
      columns: 80,
      rows: 24,
    });
    const lost = Promise.race([once(shell, 'error'), once(shell, 'close')]).catch(() => undefined);
    shell.resume();
    await cluster().remove({ kind: kinds.pod, namespace, name: 'other' }, { gracePeriodSeconds: 0 });
    await lost;
    await expect
      .poll(() => openConsole(cluster(), instance, { ...where, channel: 'desktop' }).catch((error: unknown) => error), {
        timeout: 30_000,
      })
      .toMatchObject({ code: 'not_found' });
    await expect(execInSystem(cluster(), instance, where, ['true'], { timeoutMs: 5_000 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

/** What V8 and buffers hold. */
/** Bytes that are still needed: what was read already and waits for the collector is nobody's. */
function memory(): number {
  if (globalThis.gc === undefined) throw new Error('start this process with --expose-gc');
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function pod(name: string, namespace: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsUser: 1000, runAsGroup: 1000 },
      containers: [
        {
          name: 'system',
          image: testImages.busybox,
          imagePullPolicy: 'IfNotPresent',
          command: ['sh', '-c', serve],
        },
      ],
    },
  };
}
