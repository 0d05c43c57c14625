import { join } from 'node:path';

/**
 * What the far end of a console does, and for whom: it is told by the console's name, such as `paced-nginx`.
 * echo: sends back what it gets · sink: takes everything · paced: prints when told to · greedy: prints as fast as it is read
 */
export const behaviours = ['echo', 'sink', 'paced', 'greedy'] as const;
export type Behaviour = (typeof behaviours)[number];

/** The socket of the source that is this console's far end. Greedy ones have a source of their own, behind everybody else. */
export const socketOf = (folder: string, name: string) =>
  join(folder, parseConsoleName(name).behaviour === 'greedy' ? 'greedy.sock' : 'source.sock');

export const consoleName = (behaviour: Behaviour, group: string) => `${behaviour}-${group}`;

export function parseConsoleName(name: string): { behaviour: Behaviour; group: string } {
  const [word, ...rest] = name.split('-');
  const behaviour = behaviours.find((each) => each === word);
  if (behaviour === undefined) throw new Error(`no console is called ${name}`);
  return { behaviour, group: rest.join('-') };
}
