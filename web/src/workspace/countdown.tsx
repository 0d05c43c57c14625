import type { Session } from '@lab-orchestrator/contracts';
import { Button } from '@mantine/core';
import { IconAlarm, IconClockHour4 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatDuration } from '../i18n/format.js';
import { useServerNow } from '../ui/use-now.js';
import { deadlineOf } from './deadline.js';
import classes from './countdown.module.css';

interface Props {
  session: Session;
  extending: boolean;
  onExtend: () => void;
}

export function Countdown({ session, extending, onExtend }: Props) {
  const { t } = useTranslation();
  const { leftS, soon } = deadlineOf(session.deadlineAt, useServerNow());
  const Glyph = soon ? IconAlarm : IconClockHour4;
  return (
    <span className={classes.countdown}>
      <span className={classes.clock} data-soon={soon} role="timer" aria-label={t('workspace.leftLabel')}>
        <Glyph size={16} aria-hidden />
        <span className="tabular">
          {leftS === 0 ? t('workspace.over') : t('workspace.left', { clock: formatClock(leftS) })}
        </span>
      </span>
      {session.extensionsLeft > 0 && session.role !== 'viewer' && (
        <Button
          size="xs"
          variant={soon ? 'filled' : 'default'}
          loading={extending}
          onClick={onExtend}
          title={t('workspace.extendBy', { by: formatDuration(session.extendByS) })}
        >
          {t('workspace.extend')}
        </Button>
      )}
    </span>
  );
}
