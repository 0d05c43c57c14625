import type { Reason, SessionObservation, SessionSpec, SystemObservation } from '@lab-orchestrator/contracts';

/** Systems whose owner switched them off count as settled: nothing will start them. */
const startsByItself = (spec: SessionSpec, name: string) => {
  const system = spec.systems.find((candidate) => candidate.name === name);
  return system?.kind !== 'vm' || (system.runStrategy !== 'halted' && system.runStrategy !== 'manual');
};

const isUp = (spec: SessionSpec, system: SystemObservation) =>
  system.state === 'ready' || (system.state === 'stopped' && !startsByItself(spec, system.name));

/** Whether everything that should answer does. */
export const allUp = (spec: SessionSpec, { systems }: SessionObservation) =>
  systems.length === spec.systems.length && systems.every((system) => isUp(spec, system));

export const allPaused = ({ systems }: SessionObservation) =>
  systems.every(({ state }) => state === 'paused' || state === 'stopped');

export const brokenSystems = ({ systems }: SessionObservation) => systems.filter(({ state }) => state === 'broken');

/** The first broken system's reason, with its name in it. */
export function failureOf(observation: SessionObservation): Reason | undefined {
  const [broken] = brokenSystems(observation);
  if (!broken) return undefined;
  const unknown = {
    code: 'system_broken',
    text: `${broken.name} does not work`,
    advice: 'Try again; if it happens again, tell your lecturer.',
  };
  return { ...(broken.reason ?? unknown), system: broken.name };
}
