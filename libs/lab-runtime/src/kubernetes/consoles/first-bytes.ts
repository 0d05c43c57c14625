import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until a stream has something to read, and leaves it there. A screen that is connected to but says nothing does
 * not answer: the server speaks first (RFC 6143, 7.1.1).
 * @returns false when it ended or stayed silent.
 */
export async function firstBytes(stream: Duplex, timeoutMs: number): Promise<boolean> {
  const done = new AbortController();
  const { signal } = done;
  const given = [
    once(stream, 'readable', { signal }),
    once(stream, 'end', { signal }),
    once(stream, 'close', { signal }),
  ];
  try {
    await Promise.race([...given, delay(timeoutMs, undefined, { signal })]);
  } catch {
    return false;
  } finally {
    done.abort();
    await Promise.allSettled(given);
  }
  return stream.readableLength > 0;
}
