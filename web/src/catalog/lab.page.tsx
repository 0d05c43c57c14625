import type { Lab } from '@lab-orchestrator/contracts';
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconBox, IconNetwork, IconPencil, IconServer2 } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDuration, formatNumber } from '../i18n/format.js';
import { useMe } from '../auth/use-me.js';
import { LinkButton } from '../ui/link-button.js';
import { Page } from '../ui/page.js';
import { QueryView } from '../ui/query-view.js';
import { labQuery } from '../workspace/session-query.js';
import classes from './catalog.module.css';
import { containsText } from './contains.js';
import { StartButton } from './start-button.js';
import { Versions } from './versions.js';

const route = getRouteApi('/inside/labs/$labId');

export function LabPage() {
  const { labId } = route.useParams();
  const query = useQuery(labQuery(labId));
  const { t } = useTranslation();
  const { isStaff, isAdmin, id } = useMe();
  const mayEdit = isAdmin || (isStaff && query.data?.ownerId === id);
  return (
    <Page
      title={query.data?.title ?? (query.error === null ? t('workspace.lab') : '')}
      lead={query.data?.summary}
      actions={
        query.data && (
          <>
            {mayEdit && (
              <LinkButton
                variant="default"
                size="md"
                to="/labs/$labId/edit"
                params={{ labId }}
                leftSection={<IconPencil size={16} />}
              >
                {t('editor.edit')}
              </LinkButton>
            )}
            {isStaff && (
              <LinkButton variant="default" size="md" to="/labs/$labId/progress" params={{ labId }}>
                {t('classProgress.open')}
              </LinkButton>
            )}
            <StartButton lab={query.data} size="md" />
          </>
        )
      }
    >
      <QueryView query={query} skeleton={<Skeleton h={320} />} addressed>
        {(lab) => (
          <div className={classes.columns}>
            <Stack gap="xl">
              <Systems lab={lab} />
              <Networks lab={lab} />
              <Versions lab={lab} />
            </Stack>
            <Facts lab={lab} />
          </div>
        )}
      </QueryView>
    </Page>
  );
}

function Systems({ lab }: { lab: Lab }) {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={2}>{t('catalog.detail.systems')}</Title>
      <ul className={classes.list}>
        {lab.systems.map(({ name, title, kind, networks, access }) => (
          <li key={name} className={classes.listItem}>
            {kind === 'vm' ? <IconServer2 size={20} aria-hidden /> : <IconBox size={20} aria-hidden />}
            <div>
              <Text fw={600}>{title}</Text>
              <Text size="sm" c="dimmed">
                {[t(`app.kind.${kind}`), ...access.map((way) => t(`app.access.${way.kind}`)), networks.join(', ')].join(
                  ' · ',
                )}
              </Text>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Networks({ lab }: { lab: Lab }) {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={2}>{t('catalog.detail.networks')}</Title>
      <ul className={classes.list}>
        {lab.networks.map(({ name, internet }) => (
          <li key={name} className={classes.listItem}>
            <IconNetwork size={20} aria-hidden />
            <code>{name}</code>
            <Text span size="sm" c="dimmed">
              {t(internet ? 'catalog.detail.internet' : 'catalog.detail.isolated')}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ lab }: { lab: Lab }) {
  const { t } = useTranslation();
  const { rules, needs } = lab;
  return (
    <aside className={classes.aside}>
      <section>
        <Text fw={600}>{t(`app.level.${lab.level}`)}</Text>
        <Text size="sm">{t('catalog.duration', { duration: formatDuration(lab.durationS) })}</Text>
        <Text size="sm">{containsText(lab, t)}</Text>
      </section>
      <section>
        <Title order={3}>{t('catalog.detail.rules')}</Title>
        <ul>
          <li>{t('catalog.detail.deadline', { duration: formatDuration(rules.deadlineS) })}</li>
          <li>{t('catalog.detail.extensions', { count: rules.extensions, by: formatDuration(rules.extendByS) })}</li>
          <li>{t('catalog.detail.idle', { duration: formatDuration(rules.idleS) })}</li>
          {rules.pause && <li>{t('catalog.detail.pause')}</li>}
        </ul>
      </section>
      <section>
        <Title order={3}>{t('catalog.detail.needs')}</Title>
        <ul>
          <li>{t('catalog.detail.cpus', { number: formatNumber(needs.cpus) })}</li>
          <li>{t('catalog.detail.memory', { size: formatBytes(needs.memoryBytes) })}</li>
        </ul>
      </section>
    </aside>
  );
}
