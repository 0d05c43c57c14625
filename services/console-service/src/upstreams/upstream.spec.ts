import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { type Console, RuntimeError } from '@lab-orchestrator/lab-runtime';
import { describe, expect, it, vi } from 'vitest';
import type { Viewer } from '../viewers/viewer.js';
import { consoleShare } from './fair-share.js';
import { reopen } from './reopen.js';
import { Upstream } from './upstream.js';

/** A console in memory: what a spec pushes is what the system prints; it takes no input until it is let. */
function memoryConsole(exitCode?: number) {
  const typed: string[] = [];
  const stream = new Duplex({
    highWaterMark: 8,
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      typed.push(chunk.toString());
      taken.push(done);
    },
  });
  const taken: (() => void)[] = [];
  const console: Console = Object.assign(stream, {
    resize: () => Promise.resolve(),
    exited: Promise.resolve(exitCode),
  });
  return { console, typed, take: () => taken.splice(0).forEach((done) => done()) };
}

/** What an upstream needs of a browser tab. */
function watcher() {
  const seen = { text: '', closed: new Array<string>() };
  const viewer = {
    ticket: { user: { displayName: 'Ada' }, mode: 'control' },
    isBehind: false,
    isHopeless: () => false,
    tell: () => undefined,
    send: (bytes: Buffer) => (seen.text += bytes.toString()),
    close: (reason: string) => seen.closed.push(reason),
  };
  return { viewer: viewer as unknown as Viewer, seen };
}

const limits = { screenBytes: 1_000 };
const moved = () => new RuntimeError('unreachable', 'it moves', true);

describe('a serial console that breaks off', () => {
  it('is opened again while its viewers stay, and shows both parts', async () => {
    const [first, second] = [memoryConsole(), memoryConsole()];
    const open = vi.fn().mockRejectedValueOnce(moved()).mockResolvedValue(second.console);
    const onEnd = vi.fn();
    const upstream = new Upstream(first.console, limits, { onEnd, open });
    const { viewer, seen } = watcher();
    upstream.add(viewer);
    first.console.push('before ');
    await vi.waitFor(() => expect(seen.text).toBe('before '));
    first.console.destroy(moved());
    await vi.waitFor(() => expect(open).toHaveBeenCalledTimes(2), { timeout: 5_000 });
    second.console.push('after');
    await vi.waitFor(() => expect(seen.text).toBe('before after'));
    upstream.write(Buffer.from('x'));
    expect(second.typed).toEqual(['x']);
    expect(seen.closed).toEqual([]);
    expect(onEnd).not.toHaveBeenCalled();
    const late = watcher();
    upstream.add(late.viewer);
    expect(late.seen.text).toBe('before after');
  });

  it('also when it ends without an error, as the local runtime ends it', async () => {
    const [first, second] = [memoryConsole(), memoryConsole()];
    const open = vi.fn().mockResolvedValue(second.console);
    const upstream = new Upstream(first.console, limits, { onEnd: vi.fn(), open });
    const { viewer, seen } = watcher();
    upstream.add(viewer);
    first.console.destroy();
    await vi.waitFor(() => expect(open).toHaveBeenCalled(), { timeout: 5_000 });
    second.console.push('again');
    await vi.waitFor(() => expect(seen.text).toBe('again'));
  });

  it('lets nobody wait for a drain that never comes', async () => {
    const first = memoryConsole();
    const open = vi.fn().mockReturnValue(new Promise(() => undefined));
    const upstream = new Upstream(first.console, limits, { onEnd: vi.fn(), open });
    upstream.add(watcher().viewer);
    expect(upstream.write(Buffer.alloc(100))).toBe(false);
    const drained = vi.fn();
    upstream.drained(drained);
    first.console.destroy(moved());
    await vi.waitFor(() => expect(drained).toHaveBeenCalledOnce());
    // Typed while it is away: gone, but nobody is held up.
    expect(upstream.write(Buffer.alloc(100))).toBe(true);
  });

  it('is left to who took it over', async () => {
    const first = memoryConsole();
    const open = vi.fn();
    const upstream = new Upstream(first.console, limits, { onEnd: vi.fn(), open });
    const { viewer, seen } = watcher();
    upstream.add(viewer);
    first.console.destroy(new RuntimeError('taken_over', 'somebody else', false));
    await vi.waitFor(() => expect(seen.closed).toEqual(['takenOver']));
    expect(open).not.toHaveBeenCalled();
  });

  it('is given up when it does not exist any more', async () => {
    const first = memoryConsole();
    const onEnd = vi.fn();
    const open = vi.fn().mockRejectedValue(new RuntimeError('not_found', 'gone', false));
    const upstream = new Upstream(first.console, limits, { onEnd, open });
    const { viewer, seen } = watcher();
    upstream.add(viewer);
    first.console.destroy(moved());
    await vi.waitFor(() => expect(seen.closed).toEqual(['unreachable']), { timeout: 5_000 });
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('is not opened for nobody, and let go when the session ended meanwhile', async () => {
    const [first, second] = [memoryConsole(), memoryConsole()];
    const unwatched = vi.fn();
    expect(new Upstream(first.console, limits, { onEnd: vi.fn(), open: unwatched }).watched).toBe(false);
    first.console.destroy(moved());
    const third = memoryConsole();
    let give: (console: Console) => void = () => undefined;
    const open = vi.fn().mockReturnValue(new Promise<Console>((resolve) => (give = resolve)));
    const upstream = new Upstream(third.console, limits, { onEnd: vi.fn(), open });
    upstream.add(watcher().viewer);
    third.console.destroy(moved());
    await vi.waitFor(() => expect(open).toHaveBeenCalled(), { timeout: 5_000 });
    upstream.end('gone', 'the session has ended');
    const closed = once(second.console, 'close');
    give(second.console);
    await closed;
    expect(unwatched).not.toHaveBeenCalled();
  });
});

describe('a terminal', () => {
  it('that breaks off is not another one', async () => {
    const first = memoryConsole();
    const upstream = new Upstream(first.console, limits, { onEnd: vi.fn() });
    const { viewer, seen } = watcher();
    upstream.add(viewer);
    first.console.destroy(moved());
    await vi.waitFor(() => expect(seen.closed).toEqual(['unreachable']));
  });

  it('whose program ended says so', async () => {
    const first = memoryConsole(3);
    const upstream = new Upstream(first.console, limits, { onEnd: vi.fn() });
    const { viewer, seen } = watcher();
    upstream.add(viewer);
    first.console.destroy();
    await vi.waitFor(() => expect(seen.closed).toEqual(['gone']));
  });

  it('tells everybody who waits that it takes input again', async () => {
    const first = memoryConsole();
    const upstream = new Upstream(first.console, limits, { onEnd: vi.fn() });
    expect(upstream.write(Buffer.alloc(100))).toBe(false);
    const [one, other] = [vi.fn(), vi.fn()];
    upstream.drained(one);
    upstream.drained(other);
    first.take();
    await vi.waitFor(() => expect(other).toHaveBeenCalledOnce());
    expect(one).toHaveBeenCalledOnce();
  });
});

describe('reopen', () => {
  it('tries no longer than it helps', async () => {
    const open = vi.fn().mockRejectedValue(moved());
    expect(await reopen(open, () => true, [0, 0, 0])).toBeUndefined();
    expect(open).toHaveBeenCalledTimes(3);
  });
});

describe('a console that prints without end', () => {
  it('rests when it has had its share, and goes on', async () => {
    const { console } = memoryConsole();
    const upstream = new Upstream(console, { screenBytes: 1_000 }, { onEnd: vi.fn() });
    const { viewer, seen } = watcher();
    upstream.add(viewer);
    const rests = once(console, 'pause');
    console.push('x'.repeat(consoleShare.bytes));
    await rests;
    upstream.readOn();
    expect(console.isPaused()).toBe(true);
    console.push('more');
    await vi.waitFor(() => expect(seen.text).toMatch(/more$/));
    expect(console.isPaused()).toBe(false);
  });
});
