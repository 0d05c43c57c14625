import type { Lab } from '@lab-orchestrator/contracts';
import { Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconVersions } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { useMe } from '../auth/use-me.js';
import { formatInstant } from '../i18n/format.js';
import { QueryView } from '../ui/query-view.js';
import classes from './catalog.module.css';
import { StartButton } from './start-button.js';

/** The versions of a lab; staff can start an older one. */
export function Versions({ lab }: { lab: Lab }) {
  const { t } = useTranslation();
  const { isStaff } = useMe();
  const query = useQuery({
    queryKey: keys.labVersions(lab.id),
    queryFn: ({ signal }) => call('listLabVersions', { params: { labId: lab.id }, signal }),
  });
  return (
    <section>
      <Title order={2}>{t('catalog.detail.versions')}</Title>
      <QueryView query={query} skeleton={<Skeleton h={64} mt="sm" />}>
        {({ items }) => (
          <ul className={classes.list}>
            {items.map(({ version, createdAt }) => (
              <li key={version} className={classes.listItem}>
                <IconVersions size={20} aria-hidden />
                <div style={{ flex: 1 }}>
                  <Text fw={600}>
                    {t('catalog.detail.version', { version })}
                    {version === lab.version && (
                      <Text span size="sm" c="dimmed" fw={400}>
                        {` · ${t('catalog.detail.newest')}`}
                      </Text>
                    )}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {formatInstant(createdAt)}
                  </Text>
                </div>
                {isStaff && version !== lab.version && <StartButton lab={lab} version={version} />}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </section>
  );
}
