import type { InstructionPage, PageBlock, PageInline, PageTemplate, PageVariable } from '@lab-orchestrator/contracts';
import { isSafeToPaste, shellCommand, type VariableValues, valueOf } from './shell-command.js';

/**
 * The page with its variables replaced: as text in texts and code, as one literal shell argument in commands. A value is
 * never read as Markdown. A variable stays where there is no value for it (`problem: 'unset'`), or where a terminal would
 * act on the value (`'unsafe'`): a command or copy with a variable left in it cannot be used.
 */
export const substituteText = (page: InstructionPage, values: VariableValues): InstructionPage => ({
  ...page,
  nodes: substituteBlocks(page.nodes, values),
  footnotes: page.footnotes.map((note) => ({ ...note, children: substituteBlocks(note.children, values) })),
});

/** The same for a part of a page: the body of a hint, feedback of a quiz. */
export const substituteBlocks = (blocks: readonly PageBlock[], values: VariableValues): PageBlock[] =>
  blocks.map((block) => substituteBlock(block, values));

function substituteBlock(block: PageBlock, values: VariableValues): PageBlock {
  const inner = (children: readonly PageInline[]) => substituteInlines(children, values);
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return { ...block, children: inner(block.children) };
    case 'code':
      return { ...block, children: substituteTemplate(block.children, values) };
    case 'table':
      return { ...block, header: block.header.map(inner), rows: block.rows.map((row) => row.map(inner)) };
    case 'list':
      return {
        ...block,
        items: block.items.map((item) => ({ ...item, children: substituteBlocks(item.children, values) })),
      };
    case 'quote':
    case 'knowledge':
    case 'step':
      return { ...block, children: substituteBlocks(block.children, values) };
    case 'quiz': {
      const options = block.options?.map((option) => ({ ...option, children: inner(option.children) }));
      return { ...block, ...(options && { options }), children: substituteBlocks(block.children, values) };
    }
    case 'command':
      return { ...block, run: substituteCommand(block.run, values) };
    case 'copy':
      return { ...block, text: substituteTemplate(block.text, values, isSafeToPaste) };
    default:
      return block;
  }
}

/** Text next to text becomes one. */
export function substituteInlines(inlines: readonly PageInline[], values: VariableValues): PageInline[] {
  const result: PageInline[] = [];
  for (const inline of inlines) {
    const next = substituteInline(inline, values);
    const last = result.at(-1);
    if (next.type === 'text' && last?.type === 'text') result[result.length - 1] = joined(last.value, next.value);
    else result.push(next);
  }
  return result;
}

function substituteInline(inline: PageInline, values: VariableValues): PageInline {
  switch (inline.type) {
    case 'variable':
      return substituteVariable(inline, values);
    case 'inlineCode':
      return { ...inline, children: substituteTemplate(inline.children, values) };
    case 'emphasis':
    case 'strong':
    case 'delete':
    case 'link':
    case 'pageLink':
    case 'download':
    case 'systemLink':
      return { ...inline, children: substituteInlines(inline.children, values) };
    default:
      return inline;
  }
}

const anything = () => true;
const joined = (before: string, after: string) => ({ type: 'text' as const, value: before + after });

/** A template with its variables replaced as text; for accepted answers and expected outputs as well. */
export function substituteTemplate(
  template: PageTemplate,
  values: VariableValues,
  isUsable: (value: string) => boolean = anything,
): PageTemplate {
  const result: PageTemplate = [];
  for (const part of template) {
    const next = part.type === 'text' ? part : substituteVariable(part, values, isUsable);
    const last = result.at(-1);
    if (next.type === 'text' && last?.type === 'text') result[result.length - 1] = joined(last.value, next.value);
    else result.push(next);
  }
  return result;
}

function substituteVariable(
  node: PageVariable,
  values: VariableValues,
  isUsable: (value: string) => boolean = anything,
) {
  const value = valueOf(node.name, values);
  if (value === undefined) return { ...node, problem: 'unset' as const };
  return isUsable(value) ? { type: 'text' as const, value } : { ...node, problem: 'unsafe' as const };
}

function substituteCommand(template: PageTemplate, values: VariableValues): PageTemplate {
  const result = shellCommand(template, values, { typed: true });
  if ('command' in result) return [{ type: 'text', value: result.command }];
  const problem = result.problem === 'unset' ? ('unset' as const) : ('unsafe' as const);
  return template.map((part) => (part.type === 'variable' && part.name === result.name ? { ...part, problem } : part));
}
