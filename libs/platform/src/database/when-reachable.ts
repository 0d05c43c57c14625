import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { isConnectionCut } from '../errors/is-transient.js';

export interface Patience {
  /** How long an unreachable database is waited for. */
  forMs: number;
  pauseMs: number;
}

const atStart: Patience = { forMs: 120_000, pauseMs: 1_000 };

/**
 * At start: a database that comes up beside this process, or is failing over, answers in a moment. Ending and being
 * started again would take longer, for each restart waits longer than the one before. Anything else is thrown at once.
 */
export async function whenReachable<T>(work: () => Promise<T>, { forMs, pauseMs } = atStart): Promise<T> {
  const deadline = performance.now() + forMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionCut(error) || performance.now() > deadline) throw error;
      if (attempt === 1) new Logger('Database').warn({ err: error }, 'the database does not answer yet');
      await sleep(pauseMs);
    }
  }
}
