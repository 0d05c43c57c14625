import type { GetSessionProgress, Principal, ReplyInputOf } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import type { LabInstructions } from '../labs/lab-instructions.store.js';
import { totalsOf } from '../progress/totals.js';
import { nameOf, type Participant, ProgressStore } from '../progress/progress.store.js';
import type { StepRecord } from '../progress/step-record.js';
import { SessionAccess } from '../sessions/session-access.js';
import { stepsView } from './step-progress.js';

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
    const records = await this.store.stepsOfPeople(participants);
    const people = participants.map((participant) => personView(participant, records.get(nameOf(participant)), lab));
    return { sessionId, labId: session.labId, version: session.version, people };
  }
}

function personView(
  participant: Participant,
  records: ReadonlyMap<string, StepRecord> | undefined,
  lab: LabInstructions,
) {
  const { userId, displayName, startedAt, lastAt } = participant;
  const steps = stepsView(lab, records);
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

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
