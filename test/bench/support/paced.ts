import { setTimeout as sleep } from 'node:timers/promises';

export interface Pace {
  perSecond: number;
  seconds: number;
}

/**
 * Calls back at a steady rate whatever comes of it (an open loop): who waits for answers sends less the slower they
 * come, and so hides that they are slow.
 * @returns how many calls were made, and how late the latest was in ms: the load generator's own fault
 */
export async function paced({ perSecond, seconds }: Pace, each: (index: number) => void) {
  const total = Math.round(perSecond * seconds);
  const startedAt = performance.now();
  let made = 0;
  let latestMs = 0;
  while (made < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * perSecond) + 1);
    if (made < due) latestMs = Math.max(latestMs, performance.now() - startedAt - (made * 1000) / perSecond);
    while (made < due) each(made++);
    await sleep(1);
  }
  return { made, latestMs };
}
