import type { PageBlock } from '@lab-orchestrator/contracts';
import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import { activity, quiz } from './activities.js';
import type { Drawing } from './drawing.js';
import { inlines, template } from './inlines.js';
import { listOf, mediaOf, tableOf } from './structures.js';

/** What stands on lines of its own, as elements; what needs a session as a box with a label. */
export const blocks = (nodes: readonly PageBlock[], drawing: Drawing): ElementContent[] =>
  nodes.map((node) => block(node, drawing));

function block(node: PageBlock, drawing: Drawing): ElementContent {
  const { language } = drawing;
  switch (node.type) {
    case 'paragraph':
      return h('p', inlines(node.children, language));
    case 'heading':
      return h(`h${node.level}`, { id: node.id }, inlines(node.children, language));
    case 'thematicBreak':
      return h('hr');
    case 'code':
      return h('figure', caption(node.title ?? node.language), h('pre', h('code', template(node.children))));
    case 'diagram':
      return h('figure', caption(node.title ?? 'Diagram'), h('pre', h('code', node.source)));
    case 'math':
      return h('pre.math', h('code', node.tex));
    case 'table':
      return tableOf(node, language);
    case 'video':
    case 'audio':
      return mediaOf(node);
    case 'list':
      return listOf(node, (children) => blocks(children, drawing));
    case 'quote':
      return h('blockquote', blocks(node.children, drawing));
    case 'knowledge':
      return h('details.box', h('summary', node.title), blocks(node.children, drawing));
    case 'step':
      return stepOf(node, drawing);
    case 'quiz':
      return quiz(node, drawing, blocks);
    default:
      return activity(node, drawing, blocks);
  }
}

function stepOf(node: Extract<PageBlock, { type: 'step' }>, drawing: Drawing) {
  const step = drawing.steps.get(node.id);
  const points = step && step.points > 0 ? ` (${step.points} points)` : '';
  return h('section.box.step', { id: node.id }, [
    h('h3', `☐ ${step?.title ?? node.id}${points}`),
    ...blocks(node.children, drawing),
  ]);
}

const caption = (title: string | undefined) => (title === undefined ? [] : [h('figcaption', title)]);
