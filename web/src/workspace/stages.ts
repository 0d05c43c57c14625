import { stages } from 'virtual:contract';
import type { SessionSystem } from '@lab-orchestrator/contracts';

type Stage = SessionSystem['stage'];
export type DotState = 'done' | 'now' | 'todo' | 'bad';

/** The line of dots of one starting system. */
export function stageDots({
  stage,
  state,
}: Pick<SessionSystem, 'stage' | 'state'>): { stage: Stage; state: DotState }[] {
  const at = state === 'absent' ? -1 : stages.indexOf(stage);
  return stages.map((name, index) => {
    if (state === 'ready' || index < at) return { stage: name, state: 'done' };
    if (index > at) return { stage: name, state: 'todo' };
    return { stage: name, state: state === 'broken' ? 'bad' : 'now' };
  });
}

/** The person can work in it. */
export const isUsable = ({ state }: Pick<SessionSystem, 'state'>): boolean => state === 'ready';

type Opening = Pick<SessionSystem, 'state' | 'stage' | 'kind'>;

/** This access can be opened: a machine's screen and serial line show how it boots. */
export const canOpen = (system: Opening, access: SessionSystem['access'][number]['kind']): boolean =>
  isUsable(system) || (boots(system) && (access === 'serial' || access === 'desktop'));

const boots = ({ kind, state, stage }: Opening) => kind === 'vm' && state === 'starting' && stage === 'boot';
