import type { Principal, RequestOf, TakeHintRequest } from '@lab-orchestrator/contracts';
import { substituteBlocks } from '@lab-orchestrator/page-compiler';
import { UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { languageOf } from '../pages/language.js';
import { notFound } from '../policy/allow.js';
import { ProgressChanges } from '../progress/progress-changes.js';
import { totalsOf } from '../progress/totals.js';
import { withHint } from '../progress/step-record.js';
import { SessionAccess } from '../sessions/session-access.js';
import { SessionValues } from '../sessions/session-values.js';
import { stepView } from './step-views.js';

/** Hints: their text is given when they are opened, and costs what it says, once. */
@Injectable()
export class HintsService {
  constructor(
    private readonly access: SessionAccess,
    private readonly changes: ProgressChanges,
    private readonly values: SessionValues,
  ) {}

  async take(caller: Principal, request: RequestOf<typeof TakeHintRequest>) {
    const situation = await this.access.actOn(caller, request);
    const { step, lab } = situation;
    if (request.hint !== undefined && !step.hints.some(({ id }) => id === request.hint)) throw notFound('hint');
    const values = await this.values.forReading(situation);
    let taken = request.hint;
    const { record, participant } = await this.changes.change(
      situation,
      (before) => {
        const id = request.hint ?? step.hints.find((hint) => !before.hints.includes(hint.id))?.id;
        if (id === undefined) throw noMoreHints();
        taken = id;
        if (before.hints.includes(id)) return undefined;
        return { record: withHint(before, id), log: { what: 'hint', detail: { hint: id } } };
      },
      // Without a name a second run would open the one after.
      { repeatable: request.hint !== undefined },
    );
    const pages = languageOf(lab.compiled, request.language);
    const hint = taken === undefined ? undefined : pages?.answers.hints[taken];
    if (!hint) throw notFound('hint');
    const { id, cost, children } = hint;
    return {
      hint: { id, cost, children: substituteBlocks(children, values) },
      cost,
      step: stepView(step, record, pages, values),
      progress: totalsOf(lab, participant),
    };
  }
}

const noMoreHints = () =>
  new UserError('no_more_hints', { status: 409, detail: 'All hints of this step are open already.' });
