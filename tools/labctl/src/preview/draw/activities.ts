import type { CheckDefinition, PageBlock, PageQuiz, QuizAnswer } from '@lab-orchestrator/contracts';
import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Drawing } from './drawing.js';
import { inlines, template } from './inlines.js';

type Activity = Extract<PageBlock, { type: 'command' | 'copy' | 'check' | 'tick' | 'hint' | 'set' }>;
type DrawBlocks = (nodes: readonly PageBlock[], drawing: Drawing) => ElementContent[];

/** What a learner would press, with what it would do. */
export function activity(node: Activity, drawing: Drawing, blocks: DrawBlocks): Element {
  switch (node.type) {
    case 'command':
      return box(node.label ?? `Type into ${node.system} / ${node.access}`, [
        h('pre', h('code', template(node.run))),
        ...(node.enter ? [] : [h('p.note', 'Return is left to the learner.')]),
      ]);
    case 'copy':
      return box(node.label ?? `Copy${node.system === undefined ? '' : ` for ${node.system}`}`, [
        h('pre', h('code', template(node.text))),
      ]);
    case 'check':
      return box(node.label ?? 'Check', checkOf(node, drawing.answers.checks[node.id]));
    case 'tick':
      return h('p', `☐ ${node.label ?? 'Done'}`);
    case 'hint':
      return h(
        'details.box',
        h('summary', `Hint${node.title === undefined ? '' : `: ${node.title}`} (costs ${node.cost})`),
        blocks(drawing.answers.hints[node.id]?.children ?? [], drawing),
      );
    case 'set':
      return box(`Asks for {{ ${node.name} }}`, [h('p', `${node.label} ${node.placeholder ?? ''}`.trim())]);
  }
}

function checkOf({ message, autoS }: Extract<Activity, { type: 'check' }>, check: CheckDefinition | undefined) {
  const notes = [
    ...(check?.stdin === undefined ? [] : [`It gets ${check.stdin} as its input.`]),
    ...(check?.expect === undefined ? [] : [`Its output is compared (${check.expect.kind}).`]),
    ...(autoS === undefined ? [] : [`It is tried every ${autoS} s.`]),
    ...(message === undefined ? [] : [`While it fails: ${message}`]),
  ];
  return [
    ...(check ? [h('p.note', `Runs in ${check.system}:`), h('pre', h('code', template(check.run)))] : []),
    ...notes.map((note) => h('p.note', note)),
  ];
}

/** A quiz with its answer folded away. */
export function quiz(node: PageQuiz, drawing: Drawing, blocks: DrawBlocks): Element {
  const step = drawing.steps.get(node.id);
  const answer = drawing.answers.quizzes[node.id];
  const isRight = (id: string) => answer !== undefined && 'correct' in answer && [answer.correct].flat().includes(id);
  const said = [
    ...(answer && 'optionFeedback' in answer ? Object.values(answer.optionFeedback).flat() : []),
    ...(answer?.feedback ?? []),
  ];
  const options = (node.options ?? []).map(({ id, children }) => ({
    id,
    content: inlines(children, drawing.language),
  }));
  const right =
    options.length > 0
      ? h(
          'ul',
          options.filter(({ id }) => isRight(id)).map(({ content }) => h('li', content)),
        )
      : h('p', written(answer));
  return h('section.box.quiz', { id: node.id }, [
    h('h3', `? ${step?.title ?? node.id}`),
    ...blocks(node.children, drawing),
    ...(options.length > 0
      ? [
          h(
            'ul.options',
            options.map(({ content }) => h('li', content)),
          ),
        ]
      : [h('p.note', `A line to write in${node.unit === undefined ? '' : `, in ${node.unit}`}`)]),
    h('details', h('summary', 'Answer'), right, blocks(said, drawing)),
  ]);
}

function written(answer: QuizAnswer | undefined): ElementContent[] {
  if (answer?.kind === 'text')
    return answer.accept.flatMap((each, index) => [
      ...(index > 0 ? [h('span', ' or ')] : []),
      h('code', template(each)),
    ]);
  if (answer?.kind !== 'number') return [];
  return [h('code', `${answer.correct}${answer.tolerance > 0 ? ` ± ${answer.tolerance}` : ''}`)];
}

const box = (label: string, children: ElementContent[]) => h('div.box', h('p.label', label), children);
