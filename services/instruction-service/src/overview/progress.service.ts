import type { GetSessionProgress, Principal, ReplyInputOf, StepDefinition } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import type { LabInstructions } from '../labs/lab-instructions.store.js';
import { totalsOf } from '../progress/totals.js';
import { type Participant, ProgressStore } from '../progress/progress.store.js';
import { blankStep, type StepRecord } from '../progress/step-record.js';
import { SessionAccess } from '../sessions/session-access.js';

/** How far each person of one session is. It stays after the session. */
@Injectable()
export class ProgressService {
  constructor(
    private readonly access: SessionAccess,
    private readonly store: ProgressStore,
  ) {}

  async ofSession(caller: Principal, sessionId: string): Promise<ReplyInputOf<typeof GetSessionProgress>> {
    const { session, lab } = await this.access.find(caller, sessionId, 'readProgress');
    const participants = await this.store.participants(sessionId);
    const people = await Promise.all(
      participants.map(async (participant) => personView(participant, await this.store.steps(participant), lab)),
    );
    return { sessionId, labId: session.labId, version: session.version, people };
  }
}

function personView(participant: Participant, records: ReadonlyMap<string, StepRecord>, lab: LabInstructions) {
  const { userId, displayName, startedAt, lastAt } = participant;
  const steps = [...lab.steps.values()].map((step) => stepProgress(step, records.get(step.id) ?? blankStep(step.id)));
  return {
    userId,
    displayName,
    startedAt: startedAt.toISOString(),
    ...(lastAt && { lastAt: lastAt.toISOString() }),
    totals: totalsOf(lab, participant),
    pages: (lab.compiled.languages[0]?.pages ?? []).map(({ slug, title }) => {
      const own = steps.filter(({ page }) => page === slug);
      const done = own.filter((step) => step.done);
      return { slug, title, steps: own.length, done: done.length, points: sum(done.map(({ points }) => points)) };
    }),
    steps,
  };
}

const stepProgress = ({ id, page, kind, title, points: maxPoints }: StepDefinition, record: StepRecord) => ({
  id,
  page,
  kind,
  title,
  done: record.doneAt !== null,
  ...(record.doneAt && { doneAt: record.doneAt.toISOString() }),
  points: record.points,
  maxPoints,
  hints: record.hints.length,
  attempts: kind === 'quiz' ? record.attempts : record.runs,
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
