import { Button, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../ui/problem.js';
import classes from './consoles.module.css';
import { openWeb } from './open-web.js';
import type { ConsoleTarget } from './use-console.js';

/** A system's web page opens outside: on its own host name, apart from this application. */
export function WebPane({ target, title }: { target: ConsoleTarget; title: string }) {
  const { t } = useTranslation();
  const open = useMutation({
    mutationFn: () => openWeb(target.sessionId, target.system, target.access),
    retry: false,
  });
  return (
    <div className={classes.waiting}>
      <Stack align="center" gap="sm" ta="center" maw={420}>
        <Title order={2}>{t('consoles.web.title', { title })}</Title>
        <Text c="dimmed">{t('consoles.web.text')}</Text>
        <Button
          size="md"
          leftSection={<IconExternalLink size={18} />}
          loading={open.isPending}
          onClick={() => open.mutate()}
        >
          {t('consoles.web.open')}
        </Button>
        {open.error !== null && <Problem error={open.error} compact />}
      </Stack>
    </div>
  );
}
