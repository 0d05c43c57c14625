import { expect, it } from 'vitest';
import { csvLine } from './progress-csv.js';

it.each([
  [['a', 1, -2.5], 'a,1,-2.5\r\n'],
  [['Ada "the first"', 'x,y', 'two\nlines'], '"Ada ""the first""","x,y","two\nlines"\r\n'],
  [['=HYPERLINK("http://evil")', '+1', '-1', '@x', '\t=1'], `"'=HYPERLINK(""http://evil"")",'+1,'-1,'@x,'\t=1\r\n`],
  [[''], '\r\n'],
])('%j', (cells, expected) => {
  expect(csvLine(cells)).toBe(expected);
});
