import type { PageBlock } from '@lab-orchestrator/contracts';
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive';
import type { PageContext } from '../tree/page-context.js';
import { Attributes } from './attributes.js';
import { compileCheck } from './check.js';
import { compileCommand, compileCopy, compileSet } from './actions.js';
import { directiveTable, isDirectiveName } from './directive-table.js';
import { compileAudio, compileDownload, compileVideo } from './media-directives.js';
import { reportOpenBox, reportUnknown, reportWrongForm, reportWrongPlace } from './misplaced.js';
import { compileQuiz } from './quiz.js';
import { compileHint, compileKnowledge, compileStep, compileTick } from './step.js';

/** A directive on lines of its own. What it holds is compiled even if it is wrong itself: all mistakes show at once. */
export function compileDirective(node: ContainerDirective | LeafDirective, page: PageContext): PageBlock[] {
  if (node.type === 'containerDirective') reportOpenBox(node, page);
  const { name } = node;
  const form = node.type === 'containerDirective' ? 'container' : 'leaf';
  if (!isDirectiveName(name) || directiveTable[name].form !== form) {
    if (isDirectiveName(name)) reportWrongForm(node, name, page);
    else reportUnknown(node, page);
    return node.type === 'containerDirective' ? page.blocks(node.children) : [];
  }
  const attributes = new Attributes(node, page);
  attributes.checkNames(name);
  return node.type === 'containerDirective' ? compileBox(node, attributes) : compileLeaf(node, attributes);
}

function compileBox(node: ContainerDirective, attributes: Attributes): PageBlock[] {
  switch (node.name) {
    case 'step':
      return compileStep(node, attributes);
    case 'quiz':
      return compileQuiz(node, attributes);
    case 'hint':
      return compileHint(node, attributes);
    case 'knowledge':
      return compileKnowledge(node, attributes);
    default: {
      // Only "feedback" is left, which a quiz takes out of its children before they come here.
      const message = '"feedback" stands in a quiz';
      reportWrongPlace(node, 'feedback_outside_quiz', message, attributes.page);
      return [];
    }
  }
}

function compileLeaf(node: LeafDirective, attributes: Attributes): PageBlock[] {
  switch (node.name) {
    case 'command':
      return compileCommand(attributes);
    case 'copy':
      return compileCopy(attributes);
    case 'check':
      return compileCheck(attributes);
    case 'tick':
      return compileTick(attributes);
    case 'set':
      return compileSet(attributes);
    case 'video':
      return compileVideo(node, attributes);
    case 'audio':
      return compileAudio(node, attributes);
    default:
      return compileDownload(node, attributes);
  }
}
