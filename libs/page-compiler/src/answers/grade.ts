import type { PageBlock, QuizAnswer } from '@lab-orchestrator/contracts';
import type { VariableValues } from '../variables/shell-command.js';
import { filled } from './meets-expectation.js';

/** What a learner answered: an option's id, several ids, a text, or a number (also as text, "3,5"). */
export type GivenAnswer = string | number | readonly string[];

export interface Grade {
  correct: boolean;
  /** What the author says to this answer; empty when there is nothing to say. */
  feedback: PageBlock[];
}

/** Grades an answer. One of the wrong shape is wrong. */
export function grade(quiz: QuizAnswer, given: GivenAnswer, values: VariableValues): Grade {
  const chosen = typeof given === 'object' ? given : [String(given)];
  const own = 'optionFeedback' in quiz ? chosen.flatMap((id) => feedbackOf(quiz.optionFeedback, id)) : [];
  return { correct: isCorrect(quiz, given, values), feedback: [...own, ...(quiz.feedback ?? [])] };
}

const feedbackOf = (all: Record<string, PageBlock[]>, id: string) => (Object.hasOwn(all, id) ? (all[id] ?? []) : []);

function isCorrect(quiz: QuizAnswer, given: GivenAnswer, values: VariableValues): boolean {
  switch (quiz.kind) {
    case 'single':
      return typeof given === 'object'
        ? given.length === 1 && given[0] === quiz.correct
        : String(given) === quiz.correct;
    case 'multiple': {
      const chosen = new Set(typeof given === 'object' ? given : [String(given)]);
      return chosen.size === quiz.correct.length && quiz.correct.every((id) => chosen.has(id));
    }
    case 'text': {
      if (typeof given === 'object') return false;
      const plain = (text: string) => comparable(text, quiz.caseSensitive);
      const answer = plain(String(given));
      return quiz.accept.some((template) => {
        const accepted = filled(template, values);
        return accepted !== undefined && plain(accepted) === answer;
      });
    }
    case 'number': {
      const number = typeof given === 'object' ? Number.NaN : numberOf(given);
      // A hair more, so that 0.3 counts for 0.1 + 0.2.
      return Math.abs(number - quiz.correct) <= quiz.tolerance + Math.abs(quiz.correct) * 1e-12;
    }
  }
}

/** White space around and twice is nobody's mistake. */
const comparable = (text: string, caseSensitive: boolean) => {
  const plain = text.slice(0, 10_000).normalize('NFC').trim().split(/\s+/).join(' ');
  return caseSensitive ? plain : plain.toLowerCase();
};

function numberOf(given: string | number): number {
  if (typeof given === 'number') return given;
  const text = given.trim().replace(',', '.');
  return text.length <= 40 && /^[+-]?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : Number.NaN;
}
