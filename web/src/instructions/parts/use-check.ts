import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.js';
import { useInstructions } from '../instructions-context.js';
import { applyChangedStep } from '../model/instruction-queries.js';

/** Runs a check: asked for by a person, or by itself, which tells only what has changed. */
export function useCheck(stepId: string, check: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { session, announce, steps, language } = useInstructions();
  const title = steps.get(stepId)?.definition.title ?? '';
  const run = useMutation({
    mutationFn: (auto: boolean) =>
      call('runCheck', { params: { sessionId: session.id, stepId }, body: { check, auto, language } }),
    // The next look comes anyway.
    retry: false,
    onSuccess: (reply, auto) => {
      applyChangedStep(client, session.id, reply);
      if (reply.passed) announce(t('instructions.check.saidPassed', { title }));
      else if (!auto) announce(`${t('instructions.check.saidFailed', { title })} ${reply.message ?? ''}`);
    },
  });
  return { run, result: run.data?.checks.find(({ id }) => id === check) };
}
