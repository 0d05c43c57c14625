import type { Target } from './isolation-probe.js';

export type Measured = {
  cluster: string;
  rounds: number;
  targets: readonly Target[];
  /** Numbers of targets reached, by who tried. */
  columns: readonly { name: string; reached: ReadonlySet<number> }[];
  /** Hits that listeners on the node counted while only labs tried. */
  canaryHits: number;
  /** Sentences that the table cannot say. */
  notes: readonly string[];
};

/** The measured matrix, as a page of the documentation. */
export function isolationReport({ cluster, rounds, targets, columns, canaryHits, notes }: Measured): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = ['From a lab to …', ...columns.map(({ name }) => name)];
  const control = columns[0]?.reached;
  const isThere = ({ answers }: Target, index: number) => answers === 'members' || control?.has(index) === true;
  const rows = targets.map((target, index) =>
    row([target.name, ...columns.map((column) => cell(column.reached, index, isThere(target, index)))]),
  );
  return [
    '# What a lab can reach',
    '',
    '<!-- Written by `isolation.cluster.spec.ts` with LAB_WRITE_DOCS=1. Do not edit: measure again. -->',
    '',
    `Measured on ${cluster}. Every target was tried ${rounds} times or more from each place,`,
    'beginning with the first moment of the process (in the machine: of its start-up script). Listeners on the node, in',
    `place of the services of the platform, counted ${canaryHits} connections and datagrams from labs.`,
    '',
    'The first column is the control: a pod in a namespace without policies. What it reaches was there to be reached.',
    'Systems of another session are closed to it as well; that they answer was seen from inside their own network.',
    '`–` means that nobody answered there, not even to the control, so that the row shows less than the others.',
    '',
    row(head),
    row(head.map(() => '---')),
    ...rows,
    '',
    ...notes.flatMap((note) => [`- ${note}`]),
    '',
  ].join('\n');
}

function cell(reached: ReadonlySet<number>, index: number, there: boolean): string {
  if (reached.has(index)) return 'reached';
  return there ? 'closed' : '–';
}
