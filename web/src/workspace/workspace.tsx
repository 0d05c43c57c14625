import type { Session } from '@lab-orchestrator/contracts';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { ConsolePortsContext } from '../consoles/console-ports-context.js';
import { ConsolePorts } from '../consoles/console-ports.js';
import { localActions } from '../instructions/model/console-actions.js';
import { InstructionsPane } from '../instructions/pane/instructions-pane.js';
import { useFocusKey } from '../instructions/pane/use-page-keys.js';
import { useReader } from '../instructions/pane/use-reader.js';
import { useDocumentTitle } from '../ui/page.js';
import { useArrangement } from './arrangement.js';
import { ExpiringBanner } from './expiring-banner.js';
import { InfoPanel } from './info-panel.js';
import { LabPanel, type Shown } from './lab-panel.js';
import { NarrowWorkspace, type Side } from './narrow-workspace.js';
import { hasConsoles, PhaseView } from './phase-view.js';
import { tabsOf } from './tabs.js';
import { TopBar } from './top-bar.js';
import { useDetached } from './use-detached.js';
import { useLayout } from './use-layout.js';
import { WorkspaceColumns } from './workspace-columns.js';
import classes from './workspace.module.css';

/** Phases in which there is something to read while the systems are not there yet, or no longer. */
const isReadable = ({ phase }: Session) => phase !== 'failed';

/** The page that matters: what to do, and the systems to do it on. */
export function Workspace({ session }: { session: Session }) {
  useDocumentTitle(session.lab.title);
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const layout = useLayout(
    session.lab.slug,
    tabsOf(session).map(({ id }) => id),
    narrow,
  );
  const { arrangement, arrange } = useArrangement();
  const [shown, setShown] = useState<Shown>('instructions');
  const [side, setSide] = useState<Side>(() => (hasConsoles(session) ? 'instructions' : 'systems'));

  const [ports] = useState(() => new ConsolePorts());
  const [actions] = useState(() => localActions(ports));
  useEffect(() =>
    ports.broughtToFrontBy((tab) => {
      layout.activate(tab);
      setSide('systems');
    }),
  );
  const { detached, detach, attach } = useDetached(session.id, actions);
  const reader = useReader(session, actions);
  useFocusKey(() => {
    arrange({ hidden: false });
    setShown('instructions');
    setSide('instructions');
  });

  // A lab without pages has its facts to show, once there are systems; until then the systems have the whole window.
  const hasPages = reader.value === undefined || reader.value.instructions.pages.length > 0;
  const alone = !hasConsoles(session) && (!hasPages || !isReadable(session));
  const info = <InfoPanel session={session} />;
  const instructions = <InstructionsPane reader={reader} />;
  const systems = <PhaseView session={session} layout={layout} />;
  return (
    <ConsolePortsContext value={ports}>
      <div className={classes.workspace}>
        <TopBar session={session} layout={layout} narrow={narrow} />
        <ExpiringBanner session={session} />
        {alone && <div className={classes.single}>{systems}</div>}
        {!alone && narrow && (
          <NarrowWorkspace side={side} onSide={setSide} parts={{ instructions, systems, lab: info }} />
        )}
        {!alone && !narrow && (
          <WorkspaceColumns
            labSlug={session.lab.slug}
            arrangement={arrangement}
            onShow={() => arrange({ hidden: false })}
            panel={
              <LabPanel
                sessionId={session.id}
                shown={hasPages ? shown : 'lab'}
                onShown={setShown}
                arrangement={arrangement}
                onArrange={arrange}
                detached={detached}
                onDetach={detach}
                onAttach={attach}
                instructions={instructions}
                info={info}
              />
            }
            systems={<div className={classes.systemsFrame}>{systems}</div>}
          />
        )}
      </div>
    </ConsolePortsContext>
  );
}
