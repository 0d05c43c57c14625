import type { ProgressLine, StepProgress } from '@lab-orchestrator/contracts';

export type RowSort = 'name' | 'done' | 'points' | 'started' | 'last';
export const rowSorts: readonly RowSort[] = ['name', 'done', 'points', 'started', 'last'];

/** Columns: every step somebody has, in the order of the newest version among them. */
export function columnsOf(rows: readonly ProgressLine[]): Pick<StepProgress, 'id' | 'title' | 'page'>[] {
  const newestFirst = rows.toSorted((a, b) => b.version - a.version);
  const columns = new Map<string, Pick<StepProgress, 'id' | 'title' | 'page'>>();
  for (const { steps } of newestFirst) {
    for (const { id, title, page } of steps ?? []) if (!columns.has(id)) columns.set(id, { id, title, page });
  }
  return [...columns.values()];
}

const compare: Record<RowSort, (a: ProgressLine, b: ProgressLine) => number> = {
  name: (a, b) => a.displayName.localeCompare(b.displayName),
  done: (a, b) => a.totals.done - b.totals.done,
  points: (a, b) => a.totals.points - b.totals.points,
  started: (a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt),
  last: (a, b) => lastAt(a) - lastAt(b),
};
const lastAt = ({ lastAt: last, startedAt }: ProgressLine) => Date.parse(last ?? startedAt);

/** `-` in front turns the order round. Equal rows stand by name, so that they keep their place. */
export function sortRows(rows: readonly ProgressLine[], sort: string): ProgressLine[] {
  const down = sort.startsWith('-');
  const by = compare[rowSorts.find((one) => one === sort.replace('-', '')) ?? 'name'];
  return rows.toSorted((a, b) => (down ? by(b, a) : by(a, b)) || compare.name(a, b));
}

export const matching = (rows: readonly ProgressLine[], search: string): ProgressLine[] =>
  rows.filter(({ displayName }) => displayName.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase()));

/** Seconds each done step took: from the step done before it, or from the start. */
export function secondsPerStep(startedAt: string, steps: readonly StepProgress[]): Map<string, number> {
  const done = steps
    .flatMap(({ id, doneAt }) => (doneAt === undefined ? [] : [{ id, at: Date.parse(doneAt) }]))
    .toSorted((a, b) => a.at - b.at);
  let before = Date.parse(startedAt);
  return new Map(
    done.map(({ id, at }) => {
      const took = Math.max(0, Math.round((at - before) / 1_000));
      before = at;
      return [id, took];
    }),
  );
}
