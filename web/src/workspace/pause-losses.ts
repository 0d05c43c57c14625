import type { Session } from '@lab-orchestrator/contracts';

/** What a pause takes from whom, by title; nothing that is in none of these is touched. */
export interface PauseLosses {
  /** Begin anew, without the files that were changed. */
  containers: string[];
  /** Are shut down, and keep their disks. */
  machines: string[];
  /** Are frozen, and shut down when the pause lasts that long. */
  later: { afterS: number; machines: string[] } | undefined;
  /** Whether some machine is frozen as it is. */
  freezesMachines: boolean;
}

type Paused = Pick<Session, 'pauseLoses' | 'pauseLosesLater'> & {
  systems: readonly Pick<Session['systems'][number], 'name' | 'title' | 'kind'>[];
};

export function pauseLosses({ systems, pauseLoses, pauseLosesLater }: Paused): PauseLosses {
  const titles = (names: readonly string[], kind: 'container' | 'vm') =>
    systems.filter((system) => system.kind === kind && names.includes(system.name)).map(({ title }) => title);
  return {
    containers: titles(pauseLoses, 'container'),
    machines: titles(pauseLoses, 'vm'),
    later: pauseLosesLater && { afterS: pauseLosesLater.afterS, machines: titles(pauseLosesLater.systems, 'vm') },
    freezesMachines: systems.some(({ kind, name }) => kind === 'vm' && !pauseLoses.includes(name)),
  };
}

/** Whether there is something to tell before a pause. */
export const losesSomething = ({ containers, machines, later }: PauseLosses) =>
  containers.length > 0 || machines.length > 0 || later !== undefined;
