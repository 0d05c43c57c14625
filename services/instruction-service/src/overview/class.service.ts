import type {
  ExportProgressRequest,
  ListProgressRequest,
  Principal,
  ReplyInputOf,
  RequestOf,
} from '@lab-orchestrator/contracts';
import { Blobs } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { type LabInstructions, LabInstructionsStore } from '../labs/lab-instructions.store.js';
import { nameOf, ProgressStore } from '../progress/progress.store.js';
import { totalsOf } from '../progress/totals.js';
import { ClassProgress, type ClassRow, cursorOf, readCursor } from './class-progress.js';
import { csvLine, progressColumns } from './progress-csv.js';
import { stepsView } from './step-progress.js';

/** Of a lab with a hundred steps they fill a megabyte. */
const linesWithSteps = 50;
const rowsAtOnce = 500;
const maxCsvBytes = 64 * 2 ** 20;

/** A class at a glance, and as a table. */
@Injectable()
export class ClassService {
  constructor(
    private readonly progress: ClassProgress,
    private readonly labs: LabInstructionsStore,
    private readonly store: ProgressStore,
    private readonly blobs: Blobs,
  ) {}

  async list(
    caller: Principal,
    { limit: asked, cursor, steps = false, ...filter }: RequestOf<typeof ListProgressRequest>,
  ): Promise<ReplyInputOf<typeof ListProgressRequest>> {
    const limit = steps ? Math.min(asked, linesWithSteps) : asked;
    const rows = await this.progress.read(caller, filter, limit, readCursor(cursor));
    const shown = rows.slice(0, limit);
    const records = steps ? await this.store.stepsOfPeople(shown) : undefined;
    const items = await Promise.all(
      shown.map(async (row) => {
        const lab = await this.labs.get(row);
        return { ...lineOf(row, lab), ...(records && { steps: stepsView(lab, records.get(nameOf(row))) }) };
      }),
    );
    const last = shown.at(-1);
    return { items, ...(rows.length > limit && last && { nextCursor: cursorOf(last) }) };
  }

  /** Written to a bucket row by row: a table of thousands of people fits no message. */
  async export(
    caller: Principal,
    filter: RequestOf<typeof ExportProgressRequest>,
  ): Promise<ReplyInputOf<typeof ExportProgressRequest>> {
    const { key, sizeBytes } = await this.blobs.put('LAB_UPLOADS', this.csv(caller, filter), { maxBytes: maxCsvBytes });
    return { blob: key, sizeBytes };
  }

  private async *csv(caller: Principal, filter: RequestOf<typeof ExportProgressRequest>) {
    const steps: string[] = [];
    for (let after: ReturnType<typeof readCursor>, isFirst = true; ; isFirst = false) {
      const rows = await this.progress.read(caller, filter, rowsAtOnce, after);
      if (isFirst) {
        // Steps of the newest session's version; those of older ones that are gone since have no column.
        const [newest] = rows;
        if (filter.labId !== undefined && newest) steps.push(...(await this.labs.get(newest)).steps.keys());
        yield Buffer.from(csvLine([...progressColumns, ...steps]));
      }
      for (const row of rows.slice(0, rowsAtOnce))
        yield Buffer.from(csvLine(cellsOf(row, await this.labs.get(row), steps)));
      const last = rows[rowsAtOnce - 1];
      if (rows.length <= rowsAtOnce || !last) return;
      after = readCursor(cursorOf(last));
    }
  }
}

function lineOf(row: ClassRow, lab: LabInstructions) {
  const { sessionId, labId, version, courseId, phase, userId, displayName, startedAt, lastAt, earned } = row;
  const current = [...lab.steps.values()].find(({ id }) => !Object.hasOwn(earned, id));
  return {
    sessionId,
    labId,
    version,
    ...(courseId && { courseId }),
    phase,
    userId,
    displayName,
    startedAt: startedAt.toISOString(),
    ...(lastAt && { lastAt: lastAt.toISOString() }),
    totals: totalsOf(lab, row),
    ...(current && { current: { id: current.id, page: current.page, title: current.title } }),
  };
}

const cellsOf = (row: ClassRow, lab: LabInstructions, steps: readonly string[]) => [
  row.sessionId,
  row.userId,
  row.displayName,
  row.labId,
  row.version,
  row.courseId ?? '',
  row.phase,
  row.done,
  lab.steps.size,
  row.points,
  lab.maxPoints,
  row.startedAt.toISOString(),
  row.lastAt?.toISOString() ?? '',
  row.completedAt?.toISOString() ?? '',
  ...steps.map((id) => (Object.hasOwn(row.earned, id) ? (row.earned[id] ?? '') : '')),
];
