import type { AnswerQuizRequest, Principal, QuizGiven, RequestOf } from '@lab-orchestrator/contracts';
import { grade, substituteBlocks } from '@lab-orchestrator/page-compiler';
import { UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { languageOf } from '../pages/language.js';
import { ProgressChanges } from '../progress/progress-changes.js';
import { totalsOf } from '../progress/totals.js';
import { answered, attemptsLeft, type StepRecord } from '../progress/step-record.js';
import { SessionAccess } from '../sessions/session-access.js';
import { SessionValues } from '../sessions/session-values.js';
import { stepView } from './step-views.js';

/** Quizzes: what is right never leaves the server, and attempts are counted where they cannot overtake each other. */
@Injectable()
export class QuizzesService {
  constructor(
    private readonly access: SessionAccess,
    private readonly changes: ProgressChanges,
    private readonly values: SessionValues,
  ) {}

  async answer(caller: Principal, request: RequestOf<typeof AnswerQuizRequest>) {
    const situation = await this.access.actOn(caller, request);
    const { step, lab } = situation;
    const pages = languageOf(lab.compiled, request.language);
    const right = pages?.answers.quizzes[step.id];
    if (!right) throw new UserError('no_quiz', { status: 409, detail: 'This step is not a quiz.' });
    const given = request.answer;
    const values = await this.values.forReading(situation);
    const { correct, feedback } = grade(right, given, values);
    const { record, participant } = await this.changes.change(situation, (before, now) => {
      // A second click, or a repeat after an answer that was lost on its way: it does not cost another attempt.
      if (isRepeat(before, given)) return undefined;
      if (before.doneAt) throw alreadyAnswered();
      if (attemptsLeft(step, before) === 0) throw noAttemptsLeft();
      const after = answered(step, before, { given, correct }, now);
      return { record: after, log: { what: 'answered', detail: { given, correct } } };
    });
    return {
      correct: record.correct ?? correct,
      attemptsLeft: attemptsLeft(step, record),
      feedback: substituteBlocks(feedback, values),
      step: stepView(step, record, pages, values),
      progress: totalsOf(lab, participant),
    };
  }
}

/** Options are chosen, not ordered. */
const canonical = (given: QuizGiven | null) => JSON.stringify(Array.isArray(given) ? given.toSorted() : given);
const isRepeat = (record: StepRecord, given: QuizGiven) =>
  record.attempts > 0 && canonical(record.given) === canonical(given);

const alreadyAnswered = () =>
  new UserError('already_answered', { status: 409, detail: 'This quiz is answered already.' });
const noAttemptsLeft = () => new UserError('no_attempts_left', { status: 409, detail: 'There are no attempts left.' });
