import * as fc from 'fast-check';
import type { Root } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { describe, expect, it } from 'vitest';
import { BoxDepth } from './box-depth.js';
import { startOf } from './line-start.js';
import { parseMarkdown } from './parse-markdown.js';

const box: ContainerDirective['type'] = 'containerDirective';

/** How deep the parser found boxes to be. */
function trueDepth(node: Root | Root['children'][number]): number {
  const own = node.type === box ? 1 : 0;
  return own + ('children' in node ? Math.max(0, ...node.children.map(trueDepth)) : 0);
}

function counted(markdown: string) {
  const boxes = new BoxDepth();
  let deepest = 0;
  for (const line of markdown.split('\n')) {
    const { length, indent, containers } = startOf(line);
    boxes.take(line.slice(length), indent, containers);
    deepest = Math.max(deepest, boxes.depth);
  }
  return deepest;
}

describe('BoxDepth', () => {
  it.each([
    [':::a\nx\n:::\n:::b\n:::', 1],
    ['::::a\n:::b\n:::\n:::c\n:::\n::::', 2],
    ['x', 0],
    ['```\n:::a\n:::\n```', 1],
  ])('%j is %i deep', (markdown, depth) => {
    expect(counted(markdown)).toBe(depth);
  });

  it('never counts too few', () => {
    const line = fc.constantFrom(
      ':::a',
      '::::a',
      ':::::a{b=c}',
      '::::::::a',
      ':::',
      '::::',
      ':::::',
      '  :::',
      '    :::',
      ':::   ',
      '```',
      '~~~',
      '$$',
      '<!--',
      '-->',
      '<pre>',
      'x',
      '',
      '> :::a',
      '> :::',
      '> x',
      '>> ::::a',
      '  :::a',
      '---',
      '[^1]: :::a',
      '[^1]: [^2]: ::::a',
      '- :::a',
      '1. ::::a',
      '- - :::a',
      '   :::',
      '    x',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const markdown = lines.join('\n');
        expect(counted(markdown)).toBeGreaterThanOrEqual(trueDepth(parseMarkdown(markdown)));
      }),
      { numRuns: 3_000 },
    );
  }, 60_000);
});
