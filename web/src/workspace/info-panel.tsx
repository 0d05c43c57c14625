import type { Session, SessionSystem } from '@lab-orchestrator/contracts';
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconBox, IconNetwork, IconServer2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Status } from '../ui/status.js';
import { Credentials } from './credentials.js';
import { labQuery } from './session-query.js';
import { stateLook } from './state-look.js';
import classes from './info-panel.module.css';

/** What this lab is, the ways into its systems, and its networks. */
export function InfoPanel({ session }: { session: Session }) {
  const { t } = useTranslation();
  const lab = useQuery(labQuery(session.lab.id));
  const networks = lab.data?.networks ?? [];
  return (
    <Stack gap="lg" className={classes.info}>
      <section>
        <Title order={2} size="h3">
          {t('workspace.about')}
        </Title>
        {lab.isPending ? <Skeleton h={48} mt="xs" /> : <Text>{lab.data?.summary}</Text>}
        <Text size="sm" c="dimmed" mt="xs">
          {t('workspace.version', { version: session.lab.version })}
        </Text>
      </section>
      <section>
        <Title order={2} size="h3">
          {t('workspace.info.systems')}
        </Title>
        <ul className={classes.systems}>
          {session.systems.map((system) => (
            <li key={system.name}>
              <SystemInfo
                session={session}
                system={system}
                networks={lab.data?.systems.find(({ name }) => name === system.name)?.networks ?? []}
              />
            </li>
          ))}
        </ul>
      </section>
      {networks.length > 0 && (
        <section>
          <Title order={2} size="h3">
            {t('workspace.info.networks')}
          </Title>
          <ul className={classes.systems}>
            {networks.map(({ name, internet }) => (
              <li key={name} className={classes.network}>
                <IconNetwork size={16} aria-hidden />
                <code>{name}</code>
                <Text span size="sm" c="dimmed">
                  {t(internet ? 'workspace.info.internet' : 'workspace.info.isolated')}
                </Text>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Stack>
  );
}

function SystemInfo({ session, system, networks }: { session: Session; system: SessionSystem; networks: string[] }) {
  const { t } = useTranslation();
  const Glyph = system.kind === 'vm' ? IconServer2 : IconBox;
  return (
    <div className={classes.system}>
      <div className={classes.systemHead}>
        <Glyph size={18} aria-hidden />
        <Text fw={600} className="truncate">
          {system.title}
        </Text>
        <Status {...stateLook(system, t)} />
      </div>
      <Text size="sm" c="dimmed">
        <code>{system.name}</code> · {t(`app.kind.${system.kind}`)}
        {networks.length > 0 && ` · ${networks.join(', ')}`}
      </Text>
      {system.hasCredentials && <Credentials sessionId={session.id} system={system} />}
    </div>
  );
}
