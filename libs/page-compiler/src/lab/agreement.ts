import type { Diagnostic, QuizAnswer, StepDefinition } from '@lab-orchestrator/contracts';
import { suggest } from '../source/suggest.js';
import type { LanguageResult } from './compile-language.js';
import type { PageResult } from './compile-page.js';

/** A learner may change the language in the middle of a lab, and all are graded alike: so all languages have the same steps. */
export function disagreements(first: LanguageResult, other: LanguageResult, folder: string): Diagnostic[] {
  const wanted = stepsOf(first);
  const found = stepsOf(other);
  const missing = [...wanted].flatMap(([id, { page }]) => {
    if (found.has(id)) return [];
    const file = other.pages.find((each) => each.page.slug === page.page.slug)?.context.file;
    const message = `the step "${id}" of ${page.context.file} is missing in this language${suggest(id, found.keys())}`;
    return [finding(file ?? `${folder}/${other.language}`, id, message)];
  });
  const different = [...found].flatMap(([id, step]) => {
    const original = wanted.get(id);
    const difference = original
      ? differenceOf(original, step)
      : `is not there in the first language, ${first.language}${suggest(id, wanted.keys())}`;
    const at = step.page.context.places.get(step.definition);
    return difference === undefined ? [] : [finding(step.page.context.file, id, `the step "${id}" ${difference}`, at)];
  });
  return [...missing, ...different];
}

interface PlacedStep {
  definition: StepDefinition;
  page: PageResult;
}

const stepsOf = ({ pages }: LanguageResult): Map<string, PlacedStep> =>
  new Map(pages.flatMap((page) => page.page.steps.map((definition) => [definition.id, { definition, page }] as const)));

function differenceOf(original: PlacedStep, step: PlacedStep): string | undefined {
  for (const [what, of] of Object.entries(traits)) {
    const [before, now] = [of(original), of(step)];
    if (before !== now) return `has ${what} ${now} here and ${before} in ${original.page.context.file}`;
  }
  return undefined;
}

/** What has to be the same in every language. */
const traits: Record<string, (step: PlacedStep) => string> = {
  'the kind': ({ definition }) => definition.kind,
  'the points': ({ definition }) => String(definition.points),
  'the attempts': ({ definition }) => String(definition.attempts ?? 'unlimited'),
  'the number of checks': ({ definition }) => String(definition.checks.length),
  'hints that cost': ({ definition }) =>
    definition.hints.map(({ cost }) => cost).join(', ') || 'nothing (there are none)',
  'an answer of': ({ definition, page }) => answerOf(page.context.answers.quizzes[definition.id]),
};

/** Options have the same order in every language, since answers are stored by their place. */
function answerOf(quiz: QuizAnswer | undefined): string {
  if (quiz?.kind === 'single') return `option ${quiz.correct}`;
  if (quiz?.kind === 'multiple') return `options ${quiz.correct.join(', ')}`;
  if (quiz?.kind === 'number') return String(quiz.correct);
  return quiz?.kind ?? 'no kind';
}

const finding = (file: string, path: string, message: string, at?: { line: number; column: number }): Diagnostic => ({
  severity: 'error',
  file,
  ...(at && { line: at.line, column: at.column }),
  path,
  code: 'languages_differ',
  message,
});
