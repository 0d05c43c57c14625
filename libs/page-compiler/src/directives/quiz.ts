import { type PageBlock, type PageQuizOption, type QuizAnswer, quizKinds } from '@lab-orchestrator/contracts';
import type { List, RootContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { strictTemplate } from '../variables/template.js';
import type { Attributes } from './attributes.js';
import { reportWrongPlace } from './misplaced.js';
import { defineStep, labelAndBody } from './step.js';

/** `:::quiz`: the question goes to learners, the answer stays on the server. */
export function compileQuiz(node: ContainerDirective, attributes: Attributes): PageBlock[] {
  const { page } = attributes;
  const { label, body } = labelAndBody(node);
  if (page.surrounding !== 'page' && page.surrounding !== 'step') {
    reportWrongPlace(node, 'step_inside', 'a quiz stands on the page itself or in a step', page);
    return [];
  }
  const step = defineStep(attributes, label, 'quiz');
  const attempts = attributes.number('attempts', { min: 1, max: 100, whole: true });
  if (attempts !== undefined) step.attempts = attempts;
  page.addStep(step, attributes.start);
  return page.inside('quiz', step, () => {
    const feedback = compileFeedback(body, attributes);
    const options = optionsOf(body);
    const others = body.filter((each) => each !== options && !isFeedback(each));
    const parts = options ? choices(options, attributes) : written(attributes);
    const children = page.blocks(others);
    if (!parts) return [];
    page.answers.quizzes[step.id] = { ...parts.answer, ...(feedback && { feedback }) };
    return [{ type: 'quiz', id: step.id, kind: parts.answer.kind, ...parts.shown, children }];
  });
}

const isFeedback = (node: RootContent) => node.type === 'containerDirective' && node.name === 'feedback';

/** `:::feedback`: shown after every answer. */
function compileFeedback(body: readonly RootContent[], { page }: Attributes): PageBlock[] | undefined {
  const boxes = body.flatMap((each) => (each.type === 'containerDirective' && isFeedback(each) ? each.children : []));
  return boxes.length === 0 ? undefined : page.inside('hint', undefined, () => page.blocks(boxes));
}

/** The last task list is what there is to choose from. */
const optionsOf = (body: readonly RootContent[]): List | undefined =>
  body.findLast(
    (each): each is List => each.type === 'list' && each.children.some(({ checked }) => typeof checked === 'boolean'),
  );

interface QuizParts {
  answer: QuizAnswer;
  shown: { options?: PageQuizOption[]; unit?: string; placeholder?: string };
}

/** Single choice when one box is ticked, multiple when there are more; `type=` says otherwise. */
function choices(list: List, attributes: Attributes): QuizParts {
  const { page } = attributes;
  const options: PageQuizOption[] = [];
  const correct: string[] = [];
  const optionFeedback: Record<string, PageBlock[]> = {};
  for (const [index, item] of list.children.entries()) {
    const id = String(index + 1);
    const [first, ...rest] = item.children;
    if (typeof item.checked !== 'boolean' || first?.type !== 'paragraph')
      page.report.error(item.position?.start, id, 'quiz_option', 'expected "- [ ] text" or "- [x] text"');
    options.push({ id, children: first?.type === 'paragraph' ? page.inlines(first.children) : [] });
    if (item.checked) correct.push(id);
    const feedback = page.inside('hint', undefined, () => page.blocks(rest));
    if (feedback.length > 0) optionFeedback[id] = feedback;
  }
  const kind = attributes.oneOf('type', quizKinds) ?? (correct.length === 1 ? 'single' : 'multiple');
  const [only = '', ...others] = correct;
  const isUsable = kind === 'single' ? only !== '' && others.length === 0 : kind === 'multiple' && only !== '';
  if (!isUsable)
    page.report.error(
      attributes.start,
      'quiz',
      'quiz_answer',
      'the options do not fit: tick at least one with [x], for type=single exactly one',
    );
  refuseAttributes(attributes, ['answer', 'accept', 'case', 'tolerance', 'unit', 'placeholder'], 'options');
  const answer: QuizAnswer =
    kind === 'single' ? { kind, correct: only, optionFeedback } : { kind: 'multiple', correct, optionFeedback };
  return { answer, shown: { options } };
}

/** Quizzes without options: a text or a number is typed in. */
function written(attributes: Attributes): QuizParts | undefined {
  const kind = attributes.oneOf('type', quizKinds) ?? 'single';
  const placeholder = attributes.text('placeholder');
  const shown = placeholder ? { placeholder } : {};
  if (kind === 'text') {
    const accept = acceptedTexts(attributes);
    refuseAttributes(attributes, ['tolerance', 'unit'], 'type=text');
    if (accept.length === 0) attributes.missing('answer');
    const caseSensitive = attributes.flag('case') ?? false;
    return accept.length === 0 ? undefined : { answer: { kind, accept, caseSensitive }, shown };
  }
  if (kind === 'number') return typedNumber(attributes, shown);
  const message =
    'a quiz needs a list of options ("- [x] right", "- [ ] wrong"), or type=text or type=number with answer="…"';
  attributes.page.report.error(attributes.start, 'quiz', 'quiz_answer', message);
  return undefined;
}

function typedNumber(attributes: Attributes, shown: QuizParts['shown']): QuizParts | undefined {
  const range = { min: -1e15, max: 1e15 };
  const correct = attributes.number('answer', range);
  const tolerance = attributes.number('tolerance', { min: 0, max: 1e15 }) ?? 0;
  const unit = attributes.text('unit');
  refuseAttributes(attributes, ['accept', 'case'], 'type=number');
  if (!attributes.has('answer')) attributes.missing('answer');
  if (correct === undefined) return undefined;
  return { answer: { kind: 'number', correct, tolerance }, shown: { ...shown, ...(unit && { unit }) } };
}

/** `answer="one"`, and others that count as well: `accept="a|b"`. */
function acceptedTexts(attributes: Attributes) {
  const texts = [attributes.raw('answer') ?? '', ...(attributes.raw('accept') ?? '').split('|')];
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => strictTemplate(text, attributes.page, () => attributes.start));
}

function refuseAttributes(attributes: Attributes, names: readonly string[], beside: string) {
  for (const name of names)
    if (attributes.has(name)) attributes.error(name, 'attribute_not_here', `"${name}" has no meaning beside ${beside}`);
}
