import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useNow } from '../ui/use-now.js';
import type { ConsoleConnection, ConsoleState } from './console-connection.js';
import classes from './consoles.module.css';

interface Props {
  connection: ConsoleConnection;
  state: ConsoleState;
}

/** Says honestly how the connection is, over the screen that stays readable below it. */
export function ConnectionNotice({ connection, state }: Props) {
  const { t } = useTranslation();
  const waiting = state.kind === 'waiting';
  const now = useNow(waiting ? 250 : undefined);
  if (state.kind === 'stopped') return <Stopped connection={connection} state={state} />;
  if (!waiting) {
    return (
      <div role="status" className={classes.notice} data-shown={state.kind === 'connecting'}>
        {state.kind === 'connecting' && t('consoles.connecting')}
      </div>
    );
  }
  const seconds = Math.ceil((state.retryAt - now) / 1_000);
  return (
    <div className={classes.notice} data-shown data-tone="warn">
      <IconPlugConnectedX size={16} aria-hidden />
      <span className="tabular" aria-hidden>
        {waitingText(t, state.why, seconds)}
      </span>
      <span role="status" className="visually-hidden">
        {t('consoles.lostNow')}
      </span>
      <Button size="compact-xs" variant="default" onClick={connection.retryNow}>
        {t('consoles.tryNow')}
      </Button>
    </div>
  );
}

function waitingText(t: TFunction, why: Extract<ConsoleState, { kind: 'waiting' }>['why'], seconds: number) {
  if (why === 'offline') return t('consoles.offline');
  return seconds <= 0 ? t('consoles.lostNow') : t(`consoles.${why}`, { seconds });
}

function Stopped({
  connection,
  state,
}: {
  connection: ConsoleConnection;
  state: Extract<ConsoleState, { kind: 'stopped' }>;
}) {
  const { t } = useTranslation();
  const again = (mode = connection.mode) => connection.start(mode);
  const { why, exitCode } = state;
  return (
    <div className={classes.curtain} role="status">
      <Stack align="center" gap="sm" maw={420} ta="center" className={classes.card}>
        {why === 'takenOver' && (
          <>
            <Title order={3}>{t('consoles.takenOver')}</Title>
            <Text size="sm">{t('consoles.takenOverText')}</Text>
            <Group gap="sm">
              <Button onClick={() => again('control')}>{t('consoles.takeOver')}</Button>
              <Button variant="default" onClick={() => again('view')}>
                {t('consoles.watch')}
              </Button>
            </Group>
          </>
        )}
        {(why === 'revoked' || why === 'gone') && (
          <>
            <Title order={3}>{t(`consoles.${why}`)}</Title>
            <Text size="sm">{t(`consoles.${why}Text`)}</Text>
            <Button variant="default" onClick={() => again()}>
              {t('app.action.retry')}
            </Button>
          </>
        )}
        {why === 'exited' && (
          <>
            <Title order={3}>
              {exitCode == null || exitCode === 0 ? t('consoles.exited') : t('consoles.exitedCode', { code: exitCode })}
            </Title>
            <Button onClick={() => again()}>{t('consoles.again')}</Button>
          </>
        )}
      </Stack>
    </div>
  );
}
