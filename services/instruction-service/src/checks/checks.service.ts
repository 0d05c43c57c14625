import type { CheckDefinition, Principal, RequestOf, RunCheckRequest } from '@lab-orchestrator/contracts';
import { currentContext, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { languageOf } from '../pages/language.js';
import { notFound } from '../policy/allow.js';
import { ProgressChanges } from '../progress/progress-changes.js';
import { SessionAccess, type StepSituation } from '../sessions/session-access.js';
import { SessionValues } from '../sessions/session-values.js';
import { StepViews } from '../steps/step-views.js';
import { CheckResults, type Results } from './check-results.js';
import { type CheckRunResult, CheckRunner } from './check-runner.js';

/** Kept back of the caller's time, to write down what came out. */
const reserveMs = 2_000;
const defaultBudgetMs = 100_000;

/** Looks inside the systems of a session whether a step is done. */
@Injectable()
export class ChecksService {
  constructor(
    private readonly access: SessionAccess,
    private readonly changes: ProgressChanges,
    private readonly values: SessionValues,
    private readonly runner: CheckRunner,
    private readonly results: CheckResults,
    private readonly views: StepViews,
  ) {}

  async run(caller: Principal, request: RequestOf<typeof RunCheckRequest>) {
    const situation = await this.access.actOn(caller, request);
    const checks = this.wanted(situation, request);
    const before = await this.results.record(situation);
    const due = before.doneAt ? [] : checks.filter((check) => !this.results.isStillKnown(check, before, request.auto));
    // Frozen or half-built systems answer nothing: that is no failure of the learner.
    if (due.length > 0) refuseUnready(situation);
    const results = await this.runAll(due, situation);
    const changed =
      due.length === 0
        ? await this.changes.change(situation, () => undefined)
        : await this.changes.change(situation, (record, now) =>
            this.results.change(situation.step, record, results, request.auto, now),
          );
    const view = await this.views.changed(situation, situation.step, changed, request.language);
    const shown = view.step.checks.filter(({ id }) => checks.some((check) => check.id === id));
    const failed = shown.find(({ passed }) => !passed);
    return {
      passed: !failed,
      ...(failed?.message !== undefined && { message: failed.message }),
      checks: shown.map((check) => ({ ...check, ...(situation.may('readOutput') && outputOf(results[check.id])) })),
      ...view,
    };
  }

  private wanted(
    { step, lab }: StepSituation,
    { check, language }: RequestOf<typeof RunCheckRequest>,
  ): CheckDefinition[] {
    if (step.checks.length === 0)
      throw new UserError('no_checks', { status: 409, detail: 'This step has nothing to check.' });
    if (check !== undefined && !step.checks.includes(check)) throw notFound('check');
    const known = languageOf(lab.compiled, language)?.answers.checks ?? {};
    return (check === undefined ? step.checks : [check]).flatMap((id) => known[id] ?? []);
  }

  /** One after the other: most belong to one system, which takes one at a time anyway. */
  private async runAll(due: readonly CheckDefinition[], situation: StepSituation): Promise<Results> {
    if (due.length === 0) return {};
    const { session, lab } = situation;
    const values = await this.values.forRunning(situation);
    const deadlineMs = (currentContext()?.deadline ?? Date.now() + defaultBudgetMs) - reserveMs;
    const results: Results = {};
    for (const check of due) {
      const options = { sessionId: session.id, values, scripts: lab.scripts, deadlineMs };
      results[check.id] = await this.runner.run(check, options);
    }
    return results;
  }
}

const outputOf = (result: CheckRunResult | undefined) => result && { output: result.output, exitCode: result.exitCode };

function refuseUnready({ session: { phase } }: StepSituation) {
  if (phase === 'ready' || phase === 'provisioning') return;
  throw new UserError('session_not_ready', {
    status: 409,
    detail: 'The systems of this session are not running.',
    retryAfterS: 5,
  });
}
