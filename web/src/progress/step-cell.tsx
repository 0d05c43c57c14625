import type { StepProgress } from '@lab-orchestrator/contracts';
import { IconCircleCheckFilled, IconCircleDashed, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDuration, formatNumber } from '../i18n/format.js';
import classes from './progress.module.css';

/** One step of one learner: by icon and number on the screen, in words for screen readers and under the pointer. */
export function StepCell({ step, tookS }: { step: StepProgress | undefined; tookS: number | undefined }) {
  const { t } = useTranslation();
  if (step === undefined) return null;
  const { done, title, attempts, points } = step;
  const words = done
    ? t('classProgress.cell.done', { title, time: formatDuration(tookS ?? 0), points: formatNumber(points) })
    : attempts > 0
      ? t('classProgress.cell.tried', { title, count: attempts })
      : t('classProgress.cell.open', { title });
  const Glyph = done ? IconCircleCheckFilled : attempts > 0 ? IconCircleDashed : IconMinus;
  return (
    <span className={classes.cell} data-done={done} data-tried={attempts > 0} title={words}>
      <Glyph size={16} aria-hidden />
      <span className="tabular" aria-hidden>
        {done ? Math.round((tookS ?? 0) / 60) : attempts > 0 ? attempts : ''}
      </span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
