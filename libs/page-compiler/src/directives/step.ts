import type { PageBlock, StepDefinition } from '@lab-orchestrator/contracts';
import type { RootContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { shortened } from '../source/page-report.js';
import { plainText } from '../tree/plain-text.js';
import { slugOf } from '../tree/slug.js';
import type { Attributes } from './attributes.js';
import { reportWrongPlace } from './misplaced.js';

const points = { min: 0, max: 1_000 };

/** The label of a box, `:::hint[Title]`, and what is in the box. */
export function labelAndBody(node: ContainerDirective): { label: string; body: RootContent[] } {
  const [first, ...rest] = node.children;
  if (first?.type !== 'paragraph' || first.data?.directiveLabel !== true) return { label: '', body: node.children };
  return { label: plainText(first.children).trim(), body: rest };
}

/** What a step or quiz is known by: its explicit id, else one made of page and title, which changes with them. */
export function defineStep(attributes: Attributes, label: string, kind: StepDefinition['kind']): StepDefinition {
  const { page } = attributes;
  const written = attributes.text('id');
  const title = attributes.text('title') || label || written || '';
  if (title === '') attributes.missing('title');
  const id = written !== undefined && isUsableId(written, attributes) ? written : derivedId(title, attributes, written);
  return {
    id,
    page: page.slug,
    kind,
    title,
    points: attributes.number('points', points) ?? 1,
    checks: [],
    hints: [],
  };
}

function isUsableId(id: string, attributes: Attributes) {
  if (/^[a-z0-9][a-z0-9_-]{0,59}$/.test(id)) return true;
  attributes.refuse('id', 'is not an id: expected up to 60 lower-case letters, digits, "-" and "_"');
  return false;
}

function derivedId(title: string, attributes: Attributes, written: string | undefined) {
  const { page, start, node } = attributes;
  const id = `${slugOf(page.slug)}-${slugOf(title) || page.next(node.name)}`.replace(/^-+/, '').slice(0, 100);
  if (written === undefined) {
    const message = `the ${node.name} has no id, so "${shortened(id)}" is made from its title and changes with it; write {#name}`;
    page.report.warning(start, node.name, 'step_without_id', message);
  }
  return id;
}

export function compileStep(node: ContainerDirective, attributes: Attributes): PageBlock[] {
  const { page } = attributes;
  const { label, body } = labelAndBody(node);
  if (page.surrounding !== 'page') {
    const message = 'steps stand on the page itself, not in another box, quote or list';
    reportWrongPlace(node, 'step_inside', message, page);
    return page.blocks(body);
  }
  const step = defineStep(attributes, label, 'tick');
  page.addStep(step, attributes.start);
  const children = page.inside('step', step, () => page.blocks(body));
  if (step.checks.length > 0) step.kind = 'check';
  if (step.kind === 'check' && children.some(({ type }) => type === 'tick'))
    reportWrongPlace(node, 'tick_with_check', 'a step with a check is not ticked by hand; leave out one of both', page);
  return [{ type: 'step', id: step.id, children }];
}

/** `::tick`: where a step is ticked by hand. */
export function compileTick(attributes: Attributes): PageBlock[] {
  const { page, node } = attributes;
  if (page.step?.kind !== 'tick') {
    reportWrongPlace(node, 'tick_outside_step', 'only a step can be ticked', page);
    return [];
  }
  const label = attributes.text('label');
  return [{ type: 'tick', ...(label && { label }) }];
}

/** `:::hint`: its body stays on the server until it is asked for. */
export function compileHint(node: ContainerDirective, attributes: Attributes): PageBlock[] {
  const { page } = attributes;
  const { label, body } = labelAndBody(node);
  const { step } = page;
  const cost = attributes.number('cost', points) ?? 0;
  const title = attributes.text('title') || label;
  if (!step || page.surrounding === 'hint') {
    reportWrongPlace(node, 'hint_outside_step', 'a hint stands in a step or a quiz', page);
    return [];
  }
  const id = `${step.id}.hint-${step.hints.length + 1}`;
  step.hints.push({ id, cost });
  const children = page.inside('hint', undefined, () => page.blocks(body));
  page.answers.hints[id] = { id, step: step.id, cost, children };
  return [{ type: 'hint', id, cost, ...(title && { title }) }];
}

/** `:::knowledge`: a box that folds out. */
export function compileKnowledge(node: ContainerDirective, attributes: Attributes): PageBlock[] {
  const { page } = attributes;
  const { label, body } = labelAndBody(node);
  const title = attributes.text('title') || label;
  if (title === '') attributes.missing('title');
  return [{ type: 'knowledge', title, children: page.inside('box', page.step, () => page.blocks(body)) }];
}
