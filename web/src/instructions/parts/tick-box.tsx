import { Checkbox } from '@mantine/core';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { StepContext, useInstructions } from '../instructions-context.js';
import classes from './tick-box.module.css';

/** The place where a step is ticked by hand. What was ticked while the server is away is shown as such. */
export function TickBox({ label }: { label: string | undefined }) {
  const { t } = useTranslation();
  const { canAct, tick } = useInstructions();
  const view = useContext(StepContext);
  if (view === undefined) return null;
  const { definition, state, pending } = view;
  return (
    <Checkbox
      className={classes.tick}
      size="md"
      checked={state.done}
      disabled={!canAct}
      label={label ?? t('instructions.step.tick')}
      description={pending ? t('instructions.step.pendingHint') : undefined}
      aria-label={`${label ?? t('instructions.step.tick')}: ${definition.title}`}
      onChange={({ currentTarget: { checked } }) => tick(definition.id, checked)}
    />
  );
}
