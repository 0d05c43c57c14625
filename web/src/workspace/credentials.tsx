import type { SessionSystem } from '@lab-orchestrator/contracts';
import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { CopyText } from '../ui/copy-text.js';
import { Problem } from '../ui/problem.js';
import classes from './credentials.module.css';

/** The login of a system; asked for only when somebody wants to see it, because each look is written down. */
export function Credentials({ sessionId, system }: { sessionId: string; system: SessionSystem }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const query = useQuery({
    queryKey: ['credentials', sessionId, system.name],
    queryFn: ({ signal }) => call('getCredentials', { params: { sessionId, system: system.name }, signal }),
    enabled: shown,
    staleTime: Infinity,
    gcTime: 0,
  });
  return (
    <div>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={shown ? <IconEyeOff size={16} /> : <IconEye size={16} />}
        aria-expanded={shown}
        aria-label={t(shown ? 'workspace.info.hide' : 'workspace.info.reveal', { system: system.title })}
        onClick={() => setShown(!shown)}
      >
        {t('workspace.info.credentials')}
      </Button>
      {shown && query.isPending && <Loader size="xs" ml="sm" />}
      {shown && query.error !== null && <Problem error={query.error} compact />}
      {shown && query.data !== undefined && (
        <dl className={classes.credentials}>
          <dt>{t('workspace.info.username')}</dt>
          <dd>
            <CopyText text={query.data.username} label={t('workspace.info.copyUsername')} />
          </dd>
          <dt>{t('workspace.info.password')}</dt>
          <dd>
            <CopyText text={query.data.password} label={t('workspace.info.copyPassword')} />
          </dd>
        </dl>
      )}
    </div>
  );
}
