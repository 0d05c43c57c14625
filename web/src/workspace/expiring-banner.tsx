import type { Session } from '@lab-orchestrator/contracts';
import { Button } from '@mantine/core';
import { IconAlarm } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../i18n/format.js';
import type { LiveEvent } from '../live/event-stream.js';
import { useEachEvent } from '../live/use-live-events.js';
import { useServerNow } from '../ui/use-now.js';
import { WithKeys } from '../ui/with-keys.js';
import { deadlineOf } from './deadline.js';
import { useSessionActions } from './use-session-actions.js';
import classes from './expiring-banner.module.css';

/** Answers a warning from anywhere, also from inside a terminal, and only while a warning shows. */
export const EXTEND_KEY = 'F9';

/** Warns before a session ends: in time to extend it by one key. */
export function ExpiringBanner({ session }: { session: Session }) {
  const { warning } = deadlineOf(session.deadlineAt, useServerNow());
  const [understood, setUnderstood] = useState<string>();
  const [idle, forgetIdle] = useIdleWarning(session.id);
  const key = `${session.deadlineAt} ${warning}`;
  if (session.phase === 'ended' || session.phase === 'ending') return null;
  if (warning !== undefined && understood !== key) {
    return <DeadlineWarning session={session} minutes={warning} onDismiss={() => setUnderstood(key)} />;
  }
  return idle === undefined ? null : <IdleWarning minutes={idle} onDismiss={forgetIdle} />;
}

interface WarningProps {
  session: Session;
  minutes: number;
  onDismiss: () => void;
}

function DeadlineWarning({ session, minutes, onDismiss }: WarningProps) {
  const { t } = useTranslation();
  const { change, busy } = useSessionActions(session.id);
  const extendable = session.extensionsLeft > 0 && session.role !== 'viewer';
  const { mutate } = change;
  useEffect(() => {
    if (!extendable) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== EXTEND_KEY || event.repeat) return;
      event.preventDefault();
      event.stopPropagation();
      mutate('extendSession');
    };
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [extendable, mutate]);
  const by = formatDuration(session.extendByS);
  return (
    <div role="alert" className={classes.banner}>
      <IconAlarm size={18} aria-hidden />
      <strong>{t('workspace.expiring.deadline', { minutes })}</strong>
      <span className={classes.bannerText}>
        {extendable ? (
          <WithKeys text={t('workspace.expiring.extendKey', { key: EXTEND_KEY, by })} />
        ) : (
          t('workspace.expiring.noExtension')
        )}
      </span>
      {extendable && (
        <Button size="xs" loading={busy('extendSession')} onClick={() => mutate('extendSession')}>
          {t('workspace.extendBy', { by })}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={onDismiss}>
        {t('workspace.expiring.dismiss')}
      </Button>
    </div>
  );
}

function IdleWarning({ minutes, onDismiss }: { minutes: number; onDismiss: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className={classes.banner}>
      <IconAlarm size={18} aria-hidden />
      <strong>{t('workspace.expiring.idle', { minutes })}</strong>
      <span className={classes.bannerText}>{t('workspace.expiring.idleHint')}</span>
      <Button size="xs" variant="default" onClick={onDismiss}>
        {t('workspace.expiring.dismiss')}
      </Button>
    </div>
  );
}

/** Minutes until an unused session ends; forgotten as soon as somebody types in a console. */
function useIdleWarning(sessionId: string): [minutes: number | undefined, forget: () => void] {
  const [minutes, setMinutes] = useState<number>();
  const forget = useCallback(() => setMinutes(undefined), []);
  useEachEvent(
    useCallback(
      ({ type, data }: LiveEvent) => {
        if (type !== 'lab.expiring.v1' || data['sessionId'] !== sessionId || data['cause'] !== 'idle') return;
        if (typeof data['minutesLeft'] === 'number') setMinutes(data['minutesLeft']);
      },
      [sessionId],
    ),
  );
  useEffect(() => {
    if (minutes === undefined) return;
    const onKeyDown = ({ target }: KeyboardEvent) => {
      if (target instanceof Element && target.closest('[data-console]') !== null) forget();
    };
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [minutes, forget]);
  return [minutes, forget];
}
