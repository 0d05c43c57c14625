import { Button, Group, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog.js';

/** Asks before unsaved work is left; the browser itself asks when the window closes. */
export function LeaveGuard({ unsaved, kept }: { unsaved: () => boolean; kept: boolean }) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && unsaved(),
    enableBeforeUnload: unsaved,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <Dialog title={t('editor.leave.title')} onClose={reset}>
      <Stack gap="md">
        <Text>{t(kept ? 'editor.leave.text' : 'editor.leave.textLost')}</Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={reset} data-autofocus>
            {t('editor.leave.stay')}
          </Button>
          <Button color={kept ? undefined : 'red.8'} onClick={proceed}>
            {t('editor.leave.go')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
