import type { InstructionAnswers, InstructionPage, StepDefinition } from '@lab-orchestrator/contracts';

/** What a page is drawn with. */
export interface Drawing {
  language: string;
  steps: ReadonlyMap<string, StepDefinition>;
  /** Shown to the author, folded: there is nobody here to hide them from. */
  answers: InstructionAnswers;
}

export const drawingOf = (page: InstructionPage, language: string, answers: InstructionAnswers): Drawing => ({
  language,
  steps: new Map(page.steps.map((step) => [step.id, step])),
  answers,
});
