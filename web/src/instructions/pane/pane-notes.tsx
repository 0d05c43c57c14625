import { IconCloudUp, IconEye, IconLock, IconTrophy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.js';
import { useInstructions } from '../instructions-context.js';
import classes from './pane-notes.module.css';
import { Note } from './note.js';

/** What holds for all pages as long as they are shown. */
export function PaneNotes() {
  const { t } = useTranslation();
  const { session, canAct } = useInstructions();
  if (session.phase === 'ended' || session.phase === 'ending') {
    return (
      <Note>
        <IconLock size={18} aria-hidden /> {t('instructions.readOnly')}
      </Note>
    );
  }
  if (canAct) return null;
  return (
    <Note>
      <IconEye size={18} aria-hidden /> {t('instructions.watching')}
    </Note>
  );
}

/** What comes and goes: below the page, so that nothing of it moves. */
export function PaneNews({ pending }: { pending: number }) {
  const { t } = useTranslation();
  const { bar } = useInstructions().outline;
  const finished = bar.steps > 0 && bar.done === bar.steps && pending === 0;
  return (
    <div role="status">
      {pending > 0 && (
        <p className={classes.news} data-tone="warn">
          <IconCloudUp size={18} aria-hidden /> {t('instructions.pendingTicks', { count: pending })}
        </p>
      )}
      {finished && (
        <p className={classes.news} data-tone="ready">
          <IconTrophy size={18} aria-hidden />
          {bar.maxPoints === 0
            ? t('instructions.finished')
            : t('instructions.finishedPoints', {
                points: formatNumber(bar.points),
                maxPoints: formatNumber(bar.maxPoints),
              })}
        </p>
      )}
    </div>
  );
}
