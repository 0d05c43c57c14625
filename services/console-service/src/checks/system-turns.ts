import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

const keyOf = (sessionId: string, system: string) => `lab:turn:${sessionId}:${system}`;
/** Only who holds the turn may give it back. */
const releaseScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;
const pauseMs = 40;
const maxPauseMs = 250;

export interface TurnOptions {
  /** Until when to wait for it, in milliseconds since the epoch. */
  untilMs: number;
  /** After this time it ends by itself, when the process that holds it has died. */
  holdMs: number;
  signal: AbortSignal;
}

/** One command at a time in each system, whichever process runs it. Losing Redis costs no more than two at once. */
export class SystemTurns {
  constructor(private readonly redis: Redis) {}

  /** @returns how to give the turn back; undefined when it did not come in time, or was not wanted any more */
  async take(sessionId: string, system: string, options: TurnOptions): Promise<(() => Promise<void>) | undefined> {
    const key = keyOf(sessionId, system);
    const token = randomUUID();
    for (let waitMs = pauseMs; ; waitMs = Math.min(waitMs * 1.5, maxPauseMs)) {
      if (options.signal.aborted) return undefined;
      if ((await this.redis.set(key, token, 'PX', options.holdMs, 'NX')) === 'OK')
        return async () => void (await this.redis.eval(releaseScript, 1, key, token));
      if (Date.now() + waitMs > options.untilMs) return undefined;
      // Not in step with the others that wait.
      await sleep(waitMs * (0.5 + Math.random()));
    }
  }
}
