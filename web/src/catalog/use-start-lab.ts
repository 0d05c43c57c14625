import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { useIntention } from '../api/use-intention.js';
import { loadTerminalPane } from '../workspace/preload-consoles.js';

interface Start {
  labId: string;
  version?: number;
}

/** Starts a lab and goes to its workspace. */
export function useStartLab() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const intention = useIntention();
  const { mutate, isPending, error, variables } = useMutation({
    mutationFn: (body: Start) => call('startSession', { body, idempotencyKey: intention.key(body) }),
    onSuccess: (session) => {
      intention.done();
      client.setQueryData(keys.session(session.id), session);
      void client.invalidateQueries({ queryKey: keys.labs() });
      void client.invalidateQueries({ queryKey: keys.sessions() });
      return navigate({ to: '/sessions/$sessionId', params: { sessionId: session.id } });
    },
    // A refusal is an answer too: the next click is a new intention.
    onError: intention.done,
  });
  const start = (body: Start) => {
    void loadTerminalPane();
    mutate(body);
  };
  return { start, isPending, error, variables };
}
