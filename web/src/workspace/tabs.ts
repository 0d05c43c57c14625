import type { Session, SessionSystem } from '@lab-orchestrator/contracts';

export interface ConsoleTab {
  /** `system/access` */
  id: string;
  title: string;
  system: SessionSystem;
  access: string;
  kind: SessionSystem['access'][number]['kind'];
}

/** One tab per way into a system, in the order of the lab file. */
export const tabsOf = ({ systems }: Pick<Session, 'systems'>): ConsoleTab[] =>
  systems.flatMap((system) =>
    system.access.map(({ name, kind, title }) => ({
      id: `${system.name}/${name}`,
      title: titleOf(system, title ?? name),
      system,
      access: name,
      kind,
    })),
  );

const titleOf = ({ title, access }: SessionSystem, way: string) => (access.length === 1 ? title : `${title}: ${way}`);
