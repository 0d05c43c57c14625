import type { CompiledInstructions, PageBlock, PageInline } from '@lab-orchestrator/contracts';

/**
 * The files that readers of the pages need: pictures, films, sounds, captions and downloads, those in hints and in the
 * feedback of quizzes included. Sources of pages and scripts of checks are none.
 */
export function filesOnPages({ languages }: CompiledInstructions): Set<string> {
  return new Set(
    languages
      .flatMap(({ pages, answers }) => [
        ...pages.flatMap(({ nodes, footnotes }) => [nodes, ...footnotes.map(({ children }) => children)]),
        ...Object.values(answers.hints).map(({ children }) => children),
        ...Object.values(answers.quizzes).flatMap((quiz) => [
          quiz.feedback ?? [],
          ...('optionFeedback' in quiz ? Object.values(quiz.optionFeedback) : []),
        ]),
      ])
      .flatMap((blocks) => [...inBlocks(blocks)]),
  );
}

/** Blocks that hold neither files nor other nodes that may. */
type Leaf = Extract<
  PageBlock,
  { type: 'thematicBreak' | 'code' | 'diagram' | 'math' | 'command' | 'copy' | 'check' | 'tick' | 'hint' | 'set' }
>;

function* inBlocks(blocks: readonly PageBlock[]): Generator<string> {
  for (const block of blocks) {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        yield* inInlines(block.children);
        break;
      case 'table':
        yield* inInlines([block.header, ...block.rows].flat(2));
        break;
      case 'video':
      case 'audio':
        yield block.file;
        if ('poster' in block && block.poster !== undefined) yield block.poster;
        yield* block.tracks.map(({ file }) => file);
        break;
      case 'list':
        yield* inBlocks(block.items.flatMap(({ children }) => children));
        break;
      case 'quiz':
        yield* inInlines((block.options ?? []).flatMap(({ children }) => children));
        yield* inBlocks(block.children);
        break;
      case 'quote':
      case 'knowledge':
      case 'step':
        yield* inBlocks(block.children);
        break;
      default:
        block satisfies Leaf;
    }
  }
}

function* inInlines(inlines: readonly PageInline[]): Generator<string> {
  for (const inline of inlines) {
    if (inline.type === 'picture' || inline.type === 'download') yield inline.file;
    // The children of code are text and variables only.
    if ('children' in inline && inline.type !== 'inlineCode') yield* inInlines(inline.children);
  }
}
