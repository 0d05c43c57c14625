import type { ProgressLine, SessionProgress, StepProgress } from '@lab-orchestrator/contracts';

/** One learner in one session, with the steps once they are read. */
export interface LearnerRow {
  line: ProgressLine;
  steps: readonly StepProgress[] | undefined;
}
export type RowSort = 'name' | 'done' | 'points' | 'started' | 'last';
export const rowSorts: readonly RowSort[] = ['name', 'done', 'points', 'started', 'last'];

/** The steps of everybody who takes part in the read sessions, put beside their lines. */
export function rowsOf(
  lines: readonly ProgressLine[],
  sessions: readonly (SessionProgress | undefined)[],
): LearnerRow[] {
  const steps = new Map(
    sessions.flatMap((session) =>
      (session?.people ?? []).map((person) => [`${session?.sessionId} ${person.userId}`, person.steps] as const),
    ),
  );
  return lines.map((line) => ({ line, steps: steps.get(`${line.sessionId} ${line.userId}`) }));
}

/** Columns: every step somebody has, in the order of the newest version among them. */
export function columnsOf(rows: readonly LearnerRow[]): Pick<StepProgress, 'id' | 'title' | 'page'>[] {
  const newestFirst = rows.toSorted((a, b) => b.line.version - a.line.version);
  const columns = new Map<string, Pick<StepProgress, 'id' | 'title' | 'page'>>();
  for (const { steps } of newestFirst) {
    for (const { id, title, page } of steps ?? []) if (!columns.has(id)) columns.set(id, { id, title, page });
  }
  return [...columns.values()];
}

const compare: Record<RowSort, (a: LearnerRow, b: LearnerRow) => number> = {
  name: (a, b) => a.line.displayName.localeCompare(b.line.displayName),
  done: (a, b) => a.line.totals.done - b.line.totals.done,
  points: (a, b) => a.line.totals.points - b.line.totals.points,
  started: (a, b) => Date.parse(a.line.startedAt) - Date.parse(b.line.startedAt),
  last: (a, b) => lastAt(a) - lastAt(b),
};
const lastAt = ({ line }: LearnerRow) => Date.parse(line.lastAt ?? line.startedAt);

/** `-` in front turns the order round. Equal rows stand by name, so that they keep their place. */
export function sortRows(rows: readonly LearnerRow[], sort: string): LearnerRow[] {
  const down = sort.startsWith('-');
  const by = compare[rowSorts.find((one) => one === sort.replace('-', '')) ?? 'name'];
  return rows.toSorted((a, b) => (down ? by(b, a) : by(a, b)) || compare.name(a, b));
}

export const matching = (rows: readonly LearnerRow[], search: string): LearnerRow[] =>
  rows.filter(({ line }) => line.displayName.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase()));

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
