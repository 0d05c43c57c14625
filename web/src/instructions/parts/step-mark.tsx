import { IconCircle, IconCircleCheckFilled, IconCloudUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.js';
import classes from './step-mark.module.css';
import type { StepView } from '../model/progress.js';

/** Done, not done, or ticked and not known to the server yet: by icon and word. */
export function StepMark({ view: { state, pending } }: { view: StepView }) {
  const { t } = useTranslation();
  const Glyph = pending ? IconCloudUp : state.done ? IconCircleCheckFilled : IconCircle;
  const word = t(`instructions.step.${pending ? 'pending' : state.done ? 'done' : 'open'}`);
  return (
    <span className={classes.mark} data-done={state.done} data-pending={pending} title={word}>
      <Glyph size={20} aria-hidden />
      <span className="visually-hidden">{word}: </span>
    </span>
  );
}

/** What it earned, or still can. */
export function Points({ view: { definition, state } }: { view: StepView }) {
  const { t } = useTranslation();
  if (definition.points === 0) return null;
  const points = formatNumber(state.points);
  const of = formatNumber(definition.points);
  const less = state.points < definition.points;
  return (
    <span className={classes.points}>
      {less
        ? t('instructions.step.pointsOf', { points, of })
        : t('instructions.step.points', { count: definition.points, points: of })}
    </span>
  );
}
