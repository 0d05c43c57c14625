import type { Principal, ReopenStepRequest, RequestOf, TickStepRequest } from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { notFound } from '../policy/allow.js';
import { ProgressChanges } from '../progress/progress-changes.js';
import { ProgressStore } from '../progress/progress.store.js';
import { completed, reopened } from '../progress/step-record.js';
import { SessionAccess, withStep } from '../sessions/session-access.js';
import { StepViews } from './step-views.js';

/** Steps that are ticked by hand, and steps that staff open again. */
@Injectable()
export class TicksService {
  constructor(
    private readonly access: SessionAccess,
    private readonly changes: ProgressChanges,
    private readonly store: ProgressStore,
    private readonly views: StepViews,
  ) {}

  async tick(caller: Principal, request: RequestOf<typeof TickStepRequest>) {
    const situation = await this.access.actOn(caller, request);
    const { step } = situation;
    if (step.kind !== 'tick') throw notByHand(step.kind);
    const changed = await this.changes.change(
      situation,
      (record, now) => {
        if ((record.doneAt !== null) === request.done) return undefined;
        return request.done
          ? { record: completed(step, record, now), log: { what: 'ticked' } }
          : { record: { ...record, doneAt: null, points: 0 }, log: { what: 'unticked' } };
      },
      { repeatable: true },
    );
    return this.views.changed(situation, step, changed, request.language);
  }

  /** By staff, also after the session: somebody ticked what was not done. */
  async reopen(caller: Principal, { sessionId, stepId, userId }: RequestOf<typeof ReopenStepRequest>) {
    const found = await this.access.find(caller, sessionId, 'reopen');
    const whose = { sessionId, userId: userId ?? found.session.ownerId };
    const person = await this.store.participant(whose);
    if (!person) throw notFound('person');
    const situation = withStep({ ...found, person }, stepId);
    const changed = await this.changes.change(
      situation,
      (record) => ({ record: reopened(record), log: { what: 'reopened', detail: { by: caller.userId } } }),
      { actorId: caller.userId, repeatable: true },
    );
    return this.views.changed(situation, situation.step, changed);
  }
}

const notByHand = (kind: 'check' | 'quiz') =>
  new UserError('step_not_by_hand', {
    status: 409,
    detail: kind === 'check' ? 'This step is done when its checks pass.' : 'This step is done when it is answered.',
  });
