import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Waits until no other build uses this cache. The kernel holds the lock for a child that lives as long as its
 * standard input, so it is let go even when this process is killed.
 * @param {string} cacheDir
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ release(): Promise<void> }>}
 */
export async function lockCache(cacheDir, signal) {
  const dir = join(cacheDir, 'images');
  await mkdir(dir, { recursive: true });
  const child = spawn('flock', ['--exclusive', join(dir, '.lock'), 'sh', '-c', 'echo locked; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // Once taken, the lock outlasts an interruption: until the caller has cleaned up and lets go of it.
  const stopWaiting = () => child.kill();
  signal?.addEventListener('abort', stopWaiting);
  const ended = once(child, 'exit');
  const taken = await Promise.race([once(child.stdout, 'data').then(() => true), ended.then(() => false)]);
  signal?.removeEventListener('abort', stopWaiting);
  if (signal?.aborted) child.stdin.end();
  signal?.throwIfAborted();
  if (!taken) throw new Error(`The lock of ${dir} could not be taken.`);
  return {
    async release() {
      child.stdin.end();
      await ended;
    },
  };
}
