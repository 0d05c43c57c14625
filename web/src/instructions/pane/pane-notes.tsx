import { IconCloudUp, IconEye, IconLock, IconTrophy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.js';
import { useInstructions } from '../instructions-context.js';
import classes from '../instructions.module.css';

/** What holds for all pages: everything is done, nothing can be changed, something is not sent yet. */
export function PaneNotes({ pending }: { pending: number }) {
  const { t } = useTranslation();
  const { session, canAct, outline } = useInstructions();
  const { bar } = outline;
  const over = session.phase === 'ended' || session.phase === 'ending';
  const finished = bar.steps > 0 && bar.done === bar.steps && pending === 0;
  return (
    <>
      {pending > 0 && (
        <p className={classes.note} data-tone="warn" role="status">
          <IconCloudUp size={18} aria-hidden /> {t('instructions.pendingTicks', { count: pending })}
        </p>
      )}
      {over && (
        <p className={classes.note}>
          <IconLock size={18} aria-hidden /> {t('instructions.readOnly')}
        </p>
      )}
      {!canAct && !over && (
        <p className={classes.note}>
          <IconEye size={18} aria-hidden /> {t('instructions.watching')}
        </p>
      )}
      {finished && (
        <p className={classes.note} data-tone="ready">
          <IconTrophy size={18} aria-hidden />
          {bar.maxPoints === 0
            ? t('instructions.finished')
            : t('instructions.finishedPoints', {
                points: formatNumber(bar.points),
                maxPoints: formatNumber(bar.maxPoints),
              })}
        </p>
      )}
    </>
  );
}
