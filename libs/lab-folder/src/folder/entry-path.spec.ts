import { describe, expect, it } from 'vitest';
import { entryPath } from './entry-path.js';

describe('entryPath', () => {
  it.each([
    ['pages/a.md', 'pages/a.md'],
    ['./lab.yaml', 'lab.yaml'],
    ['a\u0308.md', 'ä.md'],
    ['..a/b..', '..a/b..'],
  ])('spells %j as %j', (name, path) => {
    expect(entryPath(name)).toBe(path);
  });

  it.each([
    ['..', 'path_outside'],
    ['../evil', 'path_outside'],
    ['a/../../evil', 'path_outside'],
    ['a/..', 'path_outside'],
    ['/etc/passwd', 'path_outside'],
    ['C:/evil', 'path_outside'],
    ['..\\evil', 'path_outside'],
    ['', 'path_invalid'],
    ['a//b', 'path_invalid'],
    ['a/./b', 'path_invalid'],
    ['a\u0000b', 'path_invalid'],
    ['a'.repeat(513), 'path_invalid'],
  ])('refuses %j, also where no unpacker has looked at it', (name, code) => {
    expect(() => entryPath(name)).toThrow(expect.objectContaining({ code }));
  });
});
