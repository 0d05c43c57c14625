import type { Session } from '@lab-orchestrator/contracts';
import { EndedView, EndingView } from './ended-view.js';
import { FailedView } from './failed-view.js';
import { Panes } from './panes.js';
import { PausedView } from './paused-view.js';
import { QueueView } from './queue-view.js';
import { canOpen } from './stages.js';
import { StageAnnouncer, StartingView } from './starting-view.js';
import type { useLayout } from './use-layout.js';

interface Props {
  session: Session;
  layout: ReturnType<typeof useLayout>;
}

/** One system that answers is enough to begin to work; one that boots can be watched. */
export const hasConsoles = ({ phase, systems }: Session): boolean =>
  phase === 'ready' ||
  ((phase === 'provisioning' || phase === 'resuming') &&
    systems.some((system) => system.access.some(({ kind }) => canOpen(system, kind))));

/** What a session shows in each of its phases. */
export function PhaseView({ session, layout }: Props) {
  if (hasConsoles(session)) {
    return (
      <>
        <Panes session={session} layout={layout} />
        {session.phase !== 'ready' && <StageAnnouncer session={session} />}
      </>
    );
  }
  switch (session.phase) {
    case 'queued':
      return <QueueView session={session} />;
    case 'pausing':
    case 'paused':
      return <PausedView session={session} />;
    case 'failed':
      return <FailedView session={session} />;
    case 'ending':
      return <EndingView />;
    case 'ended':
      return <EndedView session={session} />;
    default:
      return <StartingView session={session} />;
  }
}
