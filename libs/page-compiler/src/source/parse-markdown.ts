import type { Root } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** A single dollar stays a dollar: pages speak of `$HOME` and `$PATH` more often than of formulas. */
const processor = unified()
  .use(remarkParse)
  .use(remarkFrontmatter, ['yaml'])
  .use(remarkGfm)
  .use(remarkDirective)
  .use(remarkMath, { singleDollarTextMath: false })
  .freeze();

/** The Markdown tree of a page, with positions. Its size has to be checked before. */
export const parseMarkdown = (markdown: string): Root => processor.parse(markdown);
