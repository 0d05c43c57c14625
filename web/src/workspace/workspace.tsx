import type { Session } from '@lab-orchestrator/contracts';
import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '../ui/page.js';
import { ExpiringBanner } from './expiring-banner.js';
import { InfoPanel } from './info-panel.js';
import { hasConsoles, PhaseView } from './phase-view.js';
import { tabsOf } from './tabs.js';
import { TopBar } from './top-bar.js';
import { useLayout } from './use-layout.js';
import { WorkspaceColumns } from './workspace-columns.js';
import classes from './workspace.module.css';

/** The page that matters: what to do on the left, the systems beside it. */
export function Workspace({ session }: { session: Session }) {
  const { t } = useTranslation();
  useDocumentTitle(session.lab.title);
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const layout = useLayout(
    session.lab.slug,
    tabsOf(session).map(({ id }) => id),
    narrow,
  );
  const [side, setSide] = useState('systems');
  const info = <InfoPanel session={session} />;
  const systems = <PhaseView session={session} layout={layout} />;
  return (
    <div className={classes.workspace}>
      <TopBar session={session} layout={layout} narrow={narrow} />
      <ExpiringBanner session={session} />
      {!hasConsoles(session) && <div className={classes.single}>{systems}</div>}
      {hasConsoles(session) && narrow && (
        <>
          <SegmentedControl
            fullWidth
            radius={0}
            value={side}
            onChange={setSide}
            aria-label={t('workspace.layout.label')}
            data={[
              { value: 'lab', label: t('workspace.lab') },
              { value: 'systems', label: t('workspace.consoles') },
            ]}
          />
          <div className={classes.single} hidden={side !== 'lab'}>
            {info}
          </div>
          <div className={classes.single} hidden={side !== 'systems'}>
            {systems}
          </div>
        </>
      )}
      {hasConsoles(session) && !narrow && <WorkspaceColumns labSlug={session.lab.slug} left={info} right={systems} />}
    </div>
  );
}
