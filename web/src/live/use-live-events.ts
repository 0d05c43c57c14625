import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { applyEvents } from './event-effects.js';
import type { LiveEvent } from './event-stream.js';
import { followEvents } from './shared-events.js';

const listeners = new Set<(event: LiveEvent) => void>();

/** Follows the live events as long as this user is signed in. Tells whether the stream is up. */
export function useLiveEvents(): boolean {
  const client = useQueryClient();
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    const apply = applyEvents(client);
    return followEvents((event) => {
      apply(event);
      for (const listener of listeners) listener(event);
    }, setConnected);
  }, [client]);
  return connected;
}

/** Calls back for each live event while the component shows. */
export function useEachEvent(listener: (event: LiveEvent) => void): void {
  useEffect(() => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [listener]);
}
