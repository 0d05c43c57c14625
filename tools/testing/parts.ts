import { parseArgs } from 'node:util';
import { Advice } from '../setup/advice.mjs';

/** What a part runs: a program that passes or fails as a whole, or one or more Vitest projects. */
export type Run =
  | { kind: 'check'; name: string; command: string[]; timeoutMs: number }
  | {
      kind: 'vitest';
      name: string;
      projects: string[];
      /** Parts of file names; without them every file of the projects. */
      files?: string[];
      timeoutMs: number;
      tellEach: boolean;
    };

/** Where single tests take minutes, each is told as it ends: a run that is cut off shows how far it came. */
const LONG = new Set(['cluster', 'e2e', 'installed', 'slow', 'chaos']);

const MINUTE_MS = 60_000;
const check = (name: string, ...command: string[]): Run => ({
  kind: 'check',
  name,
  command,
  timeoutMs: 10 * MINUTE_MS,
});
const tests = (name: string, minutes: number, ...projects: string[]) => ({
  kind: 'vitest' as const,
  name,
  projects,
  timeoutMs: minutes * MINUTE_MS,
  tellEach: projects.some((project) => LONG.has(project)),
});

const imagesOf = (names: string[]): Run => ({
  kind: 'check',
  name: 'base images',
  command: ['node', 'tools/images/main.mjs', 'build', ...names],
  timeoutMs: 25 * MINUTE_MS,
});
const build = check('build', 'nx', 'run-many', '-t', 'build', '--output-style=static');
/** The chart is installed, a learner's whole way is gone on it, what cannot run there is refused, and it is upgraded. */
const installed: Run = {
  ...tests('installed on a cluster', 30, 'installed'),
  files: ['first-steps', 'two-hosts', 'desktop', 'abilities', 'confinement', 'api-priority', 'upgrade'],
};
/** What the specs start from; `slow` needs the big ones, too. */
const images = imagesOf(['terminal', 'vm-launcher', 'small-vm', 'desktop']);

/** In this order: what fails fast comes first, and the heavy ones never run side by side. */
export const PARTS = {
  lint: [
    check('lint', 'oxlint', '--deny-warnings'),
    check('format', 'oxfmt', '--check', '.'),
    check('imports', 'depcruise', '--config', '.dependency-cruiser.cjs', 'libs', 'services', 'web/src'),
  ],
  types: [build, check('types', 'tsc', '-b'), check('types of the web app', 'tsc', '-p', 'web')],
  unit: [tests('unit', 20, 'unit', '*web')],
  int: [images, tests('integration', 35, 'int')],
  e2e: [images, tests('end to end', 35, 'e2e')],
  cluster: [build, images, tests('on a cluster', 45, 'cluster'), installed],
  slow: [imagesOf([]), tests('slow', 50, 'slow')],
  chaos: [images, tests('crashes', 25, 'chaos')],
} satisfies Record<string, Run[]>;
export type Part = keyof typeof PARTS;

export const HELP = `npm test -- [parts]        without parts: all that are not only run when asked for, in this order

  lint    style, format, and who may import whom
  types   builds every package
  unit    everything without I/O
  int     on real PostgreSQL, NATS, Redis and a container engine
  e2e     the whole product in a real browser
  cluster what needs Kubernetes; without being asked for, where KUBECONFIG or a test cluster is at hand
  slow    guests that need minutes without KVM, the browser on the desktop, and a start on a fresh Debian; only when
          asked for
  chaos   the whole product while its parts are killed; only when asked for`;

/** The parts somebody asked for, in their fixed order; undefined when the help was asked for. */
export function parseParts(args: string[], hasCluster: boolean): Part[] | undefined {
  const { values, positionals } = read(args);
  if (values.help) return undefined;
  const known = Object.keys(PARTS).filter(isPart);
  const unknown = positionals.filter((name) => !isPart(name));
  if (unknown.length > 0) throw new Advice(`There is no part ${unknown.join(', ')}.\n\n${HELP}`);
  if (positionals.length === 0)
    return known.filter((name) => (name === 'cluster' ? hasCluster : name !== 'chaos' && name !== 'slow'));
  return known.filter((name) => positionals.includes(name));
}

/** The runs of these parts. The images are built once, however many parts want them. */
export function runsOf(parts: Part[]): Run[] {
  return [...new Set(parts.flatMap((part) => PARTS[part]))];
}

function isPart(name: string): name is Part {
  return name in PARTS;
}

function read(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    throw new Advice(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}
