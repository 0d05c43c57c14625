import type { LanguageInstructions, StepDefinition, StepState } from '@lab-orchestrator/contracts';
import { grade, substituteBlocks, type VariableValues } from '@lab-orchestrator/page-compiler';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { languageOf } from '../pages/language.js';
import { totalsOf } from '../progress/totals.js';
import type { Participant } from '../progress/progress.store.js';
import { attemptsLeft, type StepRecord, worthOf } from '../progress/step-record.js';
import type { Situation } from '../sessions/session-access.js';
import { SessionValues } from '../sessions/session-values.js';

type View = z.input<typeof StepState>;
/** How steps are shown to the person whose they are. */
@Injectable()
export class StepViews {
  constructor(private readonly values: SessionValues) {}

  /** After a change: the step and the bar. */
  async changed(
    situation: Situation,
    step: StepDefinition,
    { record, participant }: { record: StepRecord; participant: Participant },
    language?: string,
  ) {
    const needsValues = record.hints.length > 0 || record.attempts > 0;
    const values = needsValues ? await this.values.forReading(situation) : {};
    const view = stepView(step, record, languageOf(situation.lab.compiled, language), values);
    return { step: view, progress: totalsOf(situation.lab, participant) };
  }
}

export function stepView(
  step: StepDefinition,
  record: StepRecord,
  pages: LanguageInstructions | undefined,
  values: VariableValues,
): View {
  return {
    id: step.id,
    done: record.doneAt !== null,
    ...(record.doneAt && { doneAt: record.doneAt.toISOString() }),
    points: record.doneAt ? record.points : worthOf(step, record),
    hints: record.hints.flatMap((id) => {
      const hint = pages?.answers.hints[id];
      return hint ? [{ id, cost: hint.cost, children: substituteBlocks(hint.children, values) }] : [];
    }),
    checks: step.checks.map((id) => checkView(id, record, pages)),
    ...(step.kind === 'quiz' && { quiz: quizView(step, record, pages, values) }),
  };
}

function checkView(id: string, { checks, doneAt }: StepRecord, pages: LanguageInstructions | undefined) {
  const last = checks[id];
  const passed = last?.passed ?? doneAt !== null;
  const message = last && !passed ? pages?.answers.checks[id]?.message : undefined;
  return { id, passed, ...(last && { outcome: last.outcome }), ...(message !== undefined && { message }) };
}

function quizView(
  step: StepDefinition,
  record: StepRecord,
  pages: LanguageInstructions | undefined,
  values: VariableValues,
) {
  const { attempts, given, correct } = record;
  const quiz = pages?.answers.quizzes[step.id];
  return {
    attempts,
    attemptsLeft: attemptsLeft(step, record),
    ...(given !== null && { given }),
    ...(given !== null && quiz && { feedback: substituteBlocks(grade(quiz, given, values).feedback, values) }),
    ...(correct !== null && { correct }),
  };
}
