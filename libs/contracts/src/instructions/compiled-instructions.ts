import { z } from 'zod';
import { Language, VariableName } from '../lab-file/lab-file.js';
import { InstructionAnswers } from './answers.js';
import { InstructionPage, StepDefinition } from './page.js';

/** The instructions of a lab version in one language: pages for learners, answers for the server. */
export const LanguageInstructions = z.strictObject({
  language: Language,
  /** In the order in which they are shown; untranslated ones in the first language. */
  pages: z.array(InstructionPage),
  answers: InstructionAnswers,
});
export type LanguageInstructions = z.infer<typeof LanguageInstructions>;

/** All that a lab's pages say. */
export const CompiledInstructions = z.strictObject({
  /** The first is the one to fall back to; languages without any page are left out. Empty for a lab without pages. */
  languages: z.array(LanguageInstructions),
  /** All steps in order, with titles of the first language. */
  steps: z.array(StepDefinition),
  /** Names that `::set` stores. */
  sets: z.array(VariableName),
});
export type CompiledInstructions = z.infer<typeof CompiledInstructions>;
