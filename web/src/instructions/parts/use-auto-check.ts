import { useEffect, useEffectEvent, type RefObject } from 'react';
import { isLookedAt } from '../model/activity.js';

/** Looks again every so many seconds, as long as somebody has the page before them; a look ends before the next begins. */
export function useAutoCheck(
  frame: RefObject<HTMLElement | null>,
  everyS: number | undefined,
  look: () => Promise<unknown>,
): void {
  const run = useEffectEvent(look);
  useEffect(() => {
    if (everyS === undefined) return;
    let running = false;
    const timer = setInterval(() => {
      if (running || frame.current === null || !isLookedAt(frame.current)) return;
      running = true;
      void run().finally(() => (running = false));
    }, everyS * 1_000);
    return () => clearInterval(timer);
  }, [everyS, frame]);
}
