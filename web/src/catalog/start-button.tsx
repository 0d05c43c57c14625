import type { Lab } from '@lab-orchestrator/contracts';
import { Button, Stack } from '@mantine/core';
import { IconArrowRight, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';
import { LinkButton } from '../ui/link-button.js';
import { Problem } from '../ui/problem.js';
import { useStartLab } from './use-start-lab.js';

interface Props {
  lab: Lab;
  version?: number;
  size?: 'sm' | 'md';
}

/** Starts a lab, or leads back to the open session of it. */
export function StartButton({ lab, version, size = 'sm' }: Props) {
  const { t } = useTranslation();
  const { start, isPending, error } = useStartLab();
  if (lab.openSessionId !== undefined && version === undefined) {
    return (
      <LinkButton
        size={size}
        variant="light"

        to="/sessions/$sessionId"
        params={{ sessionId: lab.openSessionId }}
        rightSection={<IconArrowRight size={16} />}
        aria-label={t('catalog.continueNamed', { title: lab.title })}
      >
        {t('catalog.continue')}
      </LinkButton>
    );
  }
  const isOpenAlready = error instanceof ApiError && error.code === 'session_open';
  return (
    <Stack gap="xs">
      <Button
        size={size}
        leftSection={<IconPlayerPlay size={16} />}
        loading={isPending}
        onClick={() => start({ labId: lab.id, ...(version !== undefined && { version }) })}
        aria-label={t('catalog.startNamed', { title: lab.title })}
      >
        {version === undefined ? t('catalog.start') : t('catalog.detail.startVersion')}
      </Button>
      {error !== null && <Problem error={error} compact />}
      {isOpenAlready && (
        <LinkButton to="/sessions" variant="default" size="xs">
          {t('catalog.openIt')}
        </LinkButton>
      )}
    </Stack>
  );
}
