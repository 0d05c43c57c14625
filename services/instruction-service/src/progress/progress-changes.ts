import { InstructionCompleted, type ProgressTotals, StepCompleted, StepReopened } from '@lab-orchestrator/contracts';
import { Database, Outbox } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Clock } from '../clock.js';
import type { LabInstructions } from '../labs/lab-instructions.store.js';
import type { StepSituation } from '../sessions/session-access.js';
import { type LogLine, type Participant, ProgressStore } from './progress.store.js';
import type { StepRecord } from './step-record.js';

/** What becomes of a step, and what is to be told beside its completion. Undefined: it stays as it is. */
export interface Change {
  record: StepRecord;
  /** Without one it is nobody's deed: a check that ran by itself, and found what it had found before. */
  log?: LogLine | undefined;
  announce?: (tx: EntityManager, about: About) => Promise<void>;
}
/** What every event about a step carries. */
export interface About {
  sessionId: string;
  userId: string;
  labId: string;
  version: number;
  courseId?: string;
  stepId: string;
}
export interface Changed {
  before: StepRecord;
  record: StepRecord;
  participant: Participant;
}

/**
 * The only way in which progress changes: under the lock of the person's row, with the events of what changed in the same
 * transaction. Two tabs, repeats and processes come one after the other, so a step is completed once.
 */
@Injectable()
export class ProgressChanges {
  constructor(
    private readonly database: Database,
    private readonly store: ProgressStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @param work from the step as it is to what it becomes; without effects, since it may run again
   * @param options.actorId who did it, when it is not the person themselves
   * @param options.repeatable the work finds its own effect when it runs again after a commit
   */
  change(
    at: Pick<StepSituation, 'session' | 'lab' | 'step' | 'person'>,
    work: (record: StepRecord, now: Date) => Change | undefined,
    { actorId = at.person.userId, repeatable = false }: { actorId?: string; repeatable?: boolean } = {},
  ): Promise<Changed> {
    const { session, lab, step, person } = at;
    return this.database.transaction(
      async (tx) => {
        const now = this.clock.now();
        const participant = await this.store.lock(tx, session.id, person, now);
        const before = await this.store.step(tx, participant, step.id);
        const change = work(before, now);
        if (!change) return { before, record: before, participant };
        const { record } = change;
        const sums = summed(participant, before, record, lab, now);
        const after = { ...sums, lastAt: change.log ? now : participant.lastAt };
        await this.store.save(tx, after, record, change.log, now);
        const about = {
          sessionId: session.id,
          userId: person.userId,
          labId: session.labId,
          version: session.version,
          ...(session.courseId && { courseId: session.courseId }),
          stepId: step.id,
        };
        await change.announce?.(tx, about);
        await this.announce(tx, about, { before, record, participant: after }, actorId);
        if (after.completedAt && !participant.completedAt) await this.finished(tx, about, after, lab);
        return { before, record, participant: after };
      },
      { repeatable },
    );
  }

  private async announce(tx: EntityManager, about: About, { before, record }: Changed, reopenedById: string) {
    if (!before.doneAt && record.doneAt) await this.outbox.add(tx, StepCompleted, { ...about, points: record.points });
    if (before.doneAt && !record.doneAt) await this.outbox.add(tx, StepReopened, { ...about, reopenedById });
  }

  private async finished(tx: EntityManager, about: About, { points }: Participant, { maxPoints }: LabInstructions) {
    const { stepId: _, ...facts } = about;
    await this.outbox.add(tx, InstructionCompleted, { ...facts, points, maxPoints });
  }
}

function summed(
  participant: Participant,
  before: StepRecord,
  after: StepRecord,
  lab: LabInstructions,
  now: Date,
): Participant {
  const done = participant.done + Number(after.doneAt !== null) - Number(before.doneAt !== null);
  // Points have halves and tenths: sums of such drift in the last digit.
  const points = Math.max(0, Math.round((participant.points + after.points - before.points) * 1e6) / 1e6);
  const completedAt = done === lab.steps.size ? (participant.completedAt ?? now) : null;
  return { ...participant, done, points, completedAt };
}

/** The bar over all pages. */
export const totalsOf = (
  lab: LabInstructions,
  participant: Pick<Participant, 'done' | 'points' | 'completedAt'> | undefined,
): z.input<typeof ProgressTotals> => ({
  steps: lab.steps.size,
  done: participant?.done ?? 0,
  points: participant?.points ?? 0,
  maxPoints: lab.maxPoints,
  ...(participant?.completedAt && { completedAt: participant.completedAt.toISOString() }),
});
