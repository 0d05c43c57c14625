import { expect, it } from 'vitest';
import { mediaTypeOf } from './media-type.js';

it.each([
  ['pages/en/network.svg', 'image/svg+xml'],
  ['a.PNG', 'image/png'],
  ['a.md', 'text/plain; charset=utf-8'],
  ['a.html', 'application/octet-stream'],
  ['a.svg.html', 'application/octet-stream'],
  ['a.js', 'application/octet-stream'],
  ['png', 'application/octet-stream'],
  ['.png/x', 'application/octet-stream'],
])('%s is %s', (path, expected) => expect(mediaTypeOf(path)).toBe(expected));
