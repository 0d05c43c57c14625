import { Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { LinkButton } from '../ui/link-button.js';
import { PhaseStatus } from '../ui/status.js';
import classes from './catalog.module.css';

/** Go on where you were: the person's open sessions, newest first. */
export function OpenSessions() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.sessions({ mine: true, state: 'open', limit: 4 }),
    queryFn: ({ signal }) => call('listSessions', { query: { mine: 'true', state: 'open', limit: 4 }, signal }),
  });
  const sessions = query.data?.items ?? [];
  if (sessions.length === 0) return null;
  return (
    <section className={classes.resume} aria-labelledby="resume">
      <Title order={2} size="h3" id="resume">
        {t('catalog.resume')}
      </Title>
      <ul>
        {sessions.map(({ id, lab, phase }) => (
          <li key={id}>
            <Group gap="md" miw={0} flex="1 1 200px">
              <Text fw={600} className="truncate">
                {lab.title}
              </Text>
              <PhaseStatus phase={phase} />
            </Group>
            <LinkButton
              to="/sessions/$sessionId"
              params={{ sessionId: id }}
              size="xs"
              rightSection={<IconArrowRight size={16} />}
              aria-label={t('catalog.continueNamed', { title: lab.title })}
            >
              {t('catalog.continue')}
            </LinkButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
