import { useCallback, useRef } from 'react';

/**
 * The key of what a person intends to create: the same for double clicks and repeats, a new one once it is done.
 * `const intention = useIntention(); call('…', { idempotencyKey: intention.key(body) })`
 */
export function useIntention() {
  const current = useRef<{ of: string; key: string }>(undefined);
  const key = useCallback((what: unknown) => {
    const of = JSON.stringify(what);
    if (current.current?.of !== of) current.current = { of, key: crypto.randomUUID() };
    return current.current.key;
  }, []);
  const done = useCallback(() => (current.current = undefined), []);
  return { key, done };
}
