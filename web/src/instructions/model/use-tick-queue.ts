import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { ApiError } from '../../api/api-error.js';
import { call } from '../../api/call.js';
import { keys } from '../../api/keys.js';
import { recall, remember } from '../../app/local-store.js';
import { notifyError } from '../../ui/notify.js';
import { applyChangedStep } from './instruction-queries.js';
import { TickQueue, type PendingTick, type Sent } from './tick-queue.js';

/** The server is away, restarts, or the sign-in ran out: a later try may succeed. */
const passes = (error: unknown) =>
  error instanceof ApiError && (error.passing || error.status === 500 || error.status === 401);

const exclusively = (name: string) => async (task: () => Promise<void>) => {
  if ('locks' in navigator) await navigator.locks.request(name, task);
  else await task();
};

/** The ticks of a person in a session that wait to be sent; goes on with those of the last visit. */
export function useTickQueue(sessionId: string, userId: string, language: string) {
  const client = useQueryClient();
  const key = `lab.ticks.${userId}.${sessionId}`;
  const queue = useMemo(() => {
    const send = async ({ stepId, done }: PendingTick): Promise<Sent> => {
      try {
        const reply = await call('tickStep', { params: { sessionId, stepId }, body: { done, language } });
        applyChangedStep(client, sessionId, reply);
        return 'sent';
      } catch (error) {
        return passes(error) ? 'later' : { refused: error };
      }
    };
    return new TickQueue({
      send,
      store: { read: () => recall(key), write: (text) => remember(key, text) },
      exclusively: exclusively(key),
      onRefused: (_, error) => {
        notifyError(error);
        void client.invalidateQueries({ queryKey: keys.instructions(sessionId) });
      },
    });
  }, [client, key, sessionId, language]);
  useEffect(() => {
    queue.start();
    const onStorage = (event: StorageEvent) => event.key === key && queue.refresh();
    addEventListener('storage', onStorage);
    return () => {
      queue.stop();
      removeEventListener('storage', onStorage);
    };
  }, [queue, key]);
  const pending = useSyncExternalStore(queue.subscribe, queue.snapshot);
  return { pending, add: queue.add };
}
