import type { LogLine } from './session-log.js';
import type { SystemStatus } from './session.entity.js';

const stageTexts: Record<SystemStatus['stage'], string> = {
  image: 'getting its image',
  disk: 'preparing its disks',
  boot: 'booting',
  ready: 'ready',
};
const stateTexts: Partial<Record<SystemStatus['state'], string>> = {
  paused: 'paused',
  stopped: 'stopped',
  broken: 'broken',
};

/** The systems whose status is another one than before; progress in percent is news for the eye, too. */
export function changesOf(before: readonly SystemStatus[], after: readonly SystemStatus[]) {
  const known = new Map(before.map((status) => [status.name, status]));
  return after
    .map((status) => ({ before: known.get(status.name), after: status }))
    .filter((change) => JSON.stringify(sorted(change.before)) !== JSON.stringify(sorted(change.after)));
}

/** What is worth a line: another state or stage, not each percent. */
export function linesOf(changes: ReturnType<typeof changesOf>): LogLine[] {
  return changes
    .filter(({ before, after }) => before?.state !== after.state || before.stage !== after.stage)
    .filter(({ after }) => after.state !== 'absent')
    .map(({ after }) => {
      const what = stateTexts[after.state] ?? stageTexts[after.stage];
      const code = after.state in stateTexts ? `system_${after.state}` : `system_${after.stage}`;
      return {
        code,
        text: `${after.name}: ${what}${after.reason ? ` (${after.reason.text})` : ''}`,
        system: after.name,
      };
    });
}

/** Was there, and does not answer any more. Stopped is what some systems are on purpose. */
export const isLost = ({ state }: SystemStatus) => state === 'absent' || state === 'starting' || state === 'broken';

/** Everything answers: what a lost report of progress would have said. */
export const withAllReady = (systems: readonly SystemStatus[]): SystemStatus[] =>
  systems.map((system) =>
    system.state === 'stopped'
      ? system
      : { ...system, state: 'ready', stage: 'ready', percent: undefined, reason: undefined },
  );

/** JSON columns come back with their keys in another order. */
const sorted = (status: SystemStatus | undefined) =>
  status && [
    status.state,
    status.stage,
    status.percent,
    status.reason?.code,
    Object.entries(status.addresses ?? {}).toSorted(),
  ];
