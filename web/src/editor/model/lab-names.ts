import type { Outline } from '@lab-orchestrator/lab-folder/check';

/** What a lab gives names to; offered where something of it can be named. */
export interface LabNames {
  systems: { name: string; title: string; kind: 'container' | 'vm'; access: Access[] }[];
  networks: string[];
  presets: string[];
  variables: string[];
  languages: string[];
  /** The folder of the pages. */
  folder: string;
}
export type AccessKind = 'terminal' | 'serial' | 'desktop' | 'web';
interface Access {
  name: string;
  kind: AccessKind;
}

const kinds: readonly AccessKind[] = ['terminal', 'serial', 'desktop', 'web'];

export function namesOf(outline: Outline, sets: readonly string[]): LabNames {
  return {
    systems: outline.systems.flatMap(({ name, kind, access }) =>
      name === undefined
        ? []
        : [
            {
              name,
              title: name,
              kind: kind === 'vm' ? ('vm' as const) : ('container' as const),
              access: waysOf(access),
            },
          ],
    ),
    networks: Object.keys(outline.networks),
    presets: Object.keys(outline.presets),
    variables: [...new Set([...Object.keys(outline.variables), ...sets])],
    languages: outline.languages,
    folder: outline.instructions,
  };
}

const waysOf = (access: Outline['systems'][number]['access']): Access[] =>
  access.flatMap(({ name, kind }) => {
    const known = kinds.find((one) => one === kind);
    return name === undefined || known === undefined ? [] : [{ name, kind: known }];
  });

export const noNames: LabNames = {
  systems: [],
  networks: [],
  presets: [],
  variables: [],
  languages: ['en'],
  folder: 'pages',
};
