import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.js';
import type { ReplyTo } from '../../api/routes.js';
import { useInstructions } from '../instructions-context.js';
import { applyChangedStep } from '../model/instruction-queries.js';

/** Runs a check: asked for by a person, or by itself, which tells only what has changed. */
export function useCheck(stepId: string, check: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { session, announce, steps, language } = useInstructions();
  const title = steps.get(stepId)?.definition.title ?? '';
  const ask = (auto: boolean) =>
    call('runCheck', { params: { sessionId: session.id, stepId }, body: { check, auto, language } });
  const apply = (reply: ReplyTo<'runCheck'>) => {
    applyChangedStep(client, session.id, reply);
    if (reply.passed) announce(t('instructions.check.saidPassed', { title }));
  };
  const run = useMutation({
    mutationFn: () => ask(false),
    retry: false,
    onSuccess: (reply) => {
      apply(reply);
      if (!reply.passed) announce(`${t('instructions.check.saidFailed', { title })} ${reply.message ?? ''}`);
    },
  });
  /** By itself: failures are no news, and the next look comes anyway. */
  const look = async () => {
    if (run.isPending) return;
    try {
      apply(await ask(true));
    } catch {
      // See above.
    }
  };
  return { run, look, output: run.data?.checks.find(({ id }) => id === check)?.output };
}
