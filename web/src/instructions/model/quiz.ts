import type { PageBlock, QuizGiven, StepState } from '@lab-orchestrator/contracts';

export type QuizNode = Extract<PageBlock, { type: 'quiz' }>;
/** What is chosen or written before it is sent: ids of options, or a text. */
export interface Draft {
  chosen: readonly string[];
  text: string;
}

/** What was answered last, or nothing yet. */
export function draftOf(given: QuizGiven | undefined): Draft {
  if (given === undefined) return { chosen: [], text: '' };
  if (Array.isArray(given)) return { chosen: given, text: '' };
  return { chosen: [String(given)], text: String(given) };
}

/** The answer to send; undefined while there is none, or no number where a number belongs. */
export function answerOf({ kind }: Pick<QuizNode, 'kind'>, { chosen, text }: Draft): QuizGiven | undefined {
  switch (kind) {
    case 'single':
      return chosen[0];
    case 'multiple':
      return chosen.length === 0 ? undefined : [...chosen].toSorted();
    case 'number':
      return numberIn(text);
    default:
      return text.trim() === '' ? undefined : text.trim();
  }
}

/** A number as people write it, here or elsewhere: `0.5`, `0,5`, `1e3`. */
export function numberIn(text: string): number | undefined {
  const plain = text.trim().replace(/^(-?\d+),(\d+)$/, '$1.$2');
  if (plain === '') return undefined;
  const number = Number(plain);
  return Number.isFinite(number) ? number : undefined;
}

export type QuizPhase = 'open' | 'wrong' | 'right' | 'over';

/** How far a quiz is: answered right, no attempt left, wrong so far, or not answered. */
export function quizPhase({ done, quiz }: Pick<StepState, 'done' | 'quiz'>): QuizPhase {
  if (done) return 'right';
  if (quiz?.attemptsLeft === 0) return 'over';
  return quiz?.correct === false ? 'wrong' : 'open';
}
