import type { PageBlock } from '@lab-orchestrator/contracts';
import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconHelpCircle } from '@tabler/icons-react';
import { useContext, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.js';
import { formatNumber } from '../../i18n/format.js';
import { later } from '../../ui/later.js';
import { Problem } from '../../ui/problem.js';
import { StepContext, useInstructions } from '../instructions-context.js';
import classes from './hint-block.module.css';
import { applyChangedStep } from '../model/instruction-queries.js';
import { NestedBlocks } from './nested-blocks.js';

const Confirm = later(async () => (await import('../../ui/confirm.js')).Confirm);

/** Help that may cost points: what it costs stands on the button, and is asked once more before it is taken. */
export function HintBlock({ hint }: { hint: Extract<PageBlock, { type: 'hint' }> }) {
  const { t } = useTranslation();
  const { canAct, session, announce, language } = useInstructions();
  const view = useContext(StepContext);
  const client = useQueryClient();
  const box = useRef<HTMLElement>(null);
  const [asking, setAsking] = useState(false);
  const stepId = view?.definition.id ?? '';
  const take = useMutation({
    mutationFn: () =>
      call('takeHint', { params: { sessionId: session.id, stepId }, body: { hint: hint.id, language } }),
    onSuccess: (reply) => {
      applyChangedStep(client, session.id, reply);
      announce(t('instructions.hint.opened'));
      // The button that was pressed is gone: reading goes on in the box.
      setTimeout(() => box.current?.focus(), 0);
    },
  });
  const opened = view?.state.hints.find(({ id }) => id === hint.id);
  const title = hint.title ?? t('instructions.hint.title');
  if (opened !== undefined) {
    return (
      <section className={classes.hint} aria-label={title} tabIndex={-1} ref={box}>
        <p className={classes.hintTitle}>
          <IconHelpCircle size={18} aria-hidden /> {title}
        </p>
        <NestedBlocks nodes={opened.children} />
      </section>
    );
  }
  // With nothing left to win, nothing is lost either.
  const cost = view?.state.done === true ? 0 : Math.min(hint.cost, view?.state.points ?? 0);
  const label =
    cost === 0
      ? t('instructions.hint.show', { title })
      : t('instructions.hint.showFor', { title, count: cost, points: formatNumber(cost) });
  return (
    <div className={classes.hintClosed}>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconHelpCircle size={16} />}
        disabled={!canAct}
        loading={take.isPending}
        onClick={() => (cost === 0 ? take.mutate() : setAsking(true))}
      >
        {label}
      </Button>
      {take.error !== null && !asking && <Problem error={take.error} compact />}
      {asking && (
        <Confirm
          title={t('instructions.hint.askTitle')}
          confirm={t('instructions.hint.take')}
          onConfirm={() => take.mutateAsync()}
          onClose={() => setAsking(false)}
        >
          <Text>{t('instructions.hint.askText', { count: cost, points: formatNumber(cost) })}</Text>
        </Confirm>
      )}
    </div>
  );
}
