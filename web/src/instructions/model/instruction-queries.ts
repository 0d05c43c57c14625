import type { Instructions } from '@lab-orchestrator/contracts';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import { keys } from '../../api/keys.js';
import type { ReplyTo } from '../../api/routes.js';

/** The query of a request for pages in a language. */
export const asked = (language: string | undefined) => (language === undefined ? {} : { language });

/** The pages of a session's lab and how far the reader is. A language the lab does not have falls back to its first. */
export const instructionsQuery = (sessionId: string, language: string | undefined) =>
  queryOptions({
    queryKey: keys.instructions(sessionId, 'overview', language),
    queryFn: ({ signal }): Promise<Instructions> =>
      call('getInstructions', { params: { sessionId }, query: asked(language), signal }),
    // Another language keeps the page on the screen until it is there.
    placeholderData: (previous) => previous,
  });

type Changed = Pick<ReplyTo<'tickStep'>, 'step' | 'progress'>;

/** Puts what the server answered to a change on the screen, in every language that was read. */
export function applyChangedStep(client: QueryClient, sessionId: string, { step, progress }: Changed): void {
  client.setQueriesData<Instructions>(
    { queryKey: keys.instructions(sessionId, 'overview') },
    (old) =>
      old && {
        ...old,
        progress,
        states: old.states.some(({ id }) => id === step.id)
          ? old.states.map((state) => (state.id === step.id ? step : state))
          : [...old.states, step],
      },
  );
}
