import { type CheckDefinition, CheckFailed, CheckPassed, type StepDefinition } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { About, Change, Tell } from '../progress/progress-changes.js';
import { ProgressStore } from '../progress/progress.store.js';
import { checked, type StepRecord } from '../progress/step-record.js';
import type { StepSituation } from '../sessions/session-access.js';
import type { CheckRunResult } from './check-runner.js';

/** By the id of the check. */
export type Results = Record<string, CheckRunResult>;

/** What becomes of a step whose checks ran, and who hears of it. */
@Injectable()
export class CheckResults {
  constructor(
    private readonly store: ProgressStore,
    private readonly clock: Clock,
  ) {}

  record({ session, person, step }: StepSituation): Promise<StepRecord> {
    return this.store.step({ sessionId: session.id, userId: person.userId }, step.id);
  }

  /** Passed stays passed. What runs by itself is not run more often than its author asked, however many tabs are open. */
  isStillKnown({ id, autoS }: CheckDefinition, { checks }: StepRecord, auto: boolean): boolean {
    const last = checks[id];
    if (!last || last.passed) return last?.passed ?? false;
    const ageMs = this.clock.now().getTime() - Date.parse(last.at);
    return auto && autoS !== undefined && ageMs < autoS * 800;
  }

  change(step: StepDefinition, record: StepRecord, results: Results, auto: boolean, now: Date): Change | undefined {
    // Meanwhile it was done from another tab.
    if (record.doneAt) return undefined;
    const outcomes = Object.fromEntries(Object.entries(results).map(([id, { outcome }]) => [id, outcome]));
    const after = checked(step, record, outcomes, now);
    const told = Object.entries(outcomes).filter(
      ([id, outcome]) =>
        !record.checks[id]?.passed && (outcome === 'passed' || !auto || record.checks[id]?.outcome !== outcome),
    );
    return {
      record: after,
      log: auto && told.length === 0 ? undefined : { what: 'checked', detail: { auto, outcomes } },
      tell: (tell, about) => tellOf(tell, about, told),
    };
  }
}

function tellOf(tell: Tell, about: About, told: ReadonlyArray<[string, CheckRunResult['outcome']]>) {
  for (const [checkId, outcome] of told) {
    if (outcome === 'passed') tell(CheckPassed, { ...about, checkId });
    else tell(CheckFailed, { ...about, checkId, outcome });
  }
}
