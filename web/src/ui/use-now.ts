import { useEffect, useState } from 'react';
import { clockOffset } from '../api/server-clock.js';

/** The time, fresh every so many milliseconds; without them it stands still. */
export function useNow(everyMs: number | undefined): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** Now by the server's clock, fresh every second. */
export function useServerNow(): number {
  return useNow(1_000) + clockOffset();
}
