import type { Session } from '@lab-orchestrator/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { notifyError } from '../ui/notify.js';

type Wish = 'pauseSession' | 'resumeSession' | 'extendSession' | 'endSession' | 'retrySession';

/** What the change looks like until the platform confirms it. */
const expected: Partial<Record<Wish, Partial<Session>>> = {
  pauseSession: { desired: 'paused', phase: 'pausing' },
  resumeSession: { desired: 'running', phase: 'resuming' },
  endSession: { desired: 'ended', phase: 'ending' },
};

/** Changes the wish of a session; the phase follows by live events. */
export function useSessionActions(sessionId: string) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (wish: Wish) => call(wish, { params: { sessionId } }),
    onSuccess: (_, wish) => {
      client.setQueryData<Session>(keys.session(sessionId), (old) => old && { ...old, ...expected[wish] });
      return client.invalidateQueries({ queryKey: keys.session(sessionId) });
    },
    onError: notifyError,
  });
  return { change, busy: (wish: Wish) => change.isPending && change.variables === wish };
}
