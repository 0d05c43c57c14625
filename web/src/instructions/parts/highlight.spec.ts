// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { highlight, type Highlighted } from './highlight.js';

const classesOf = (pieces: readonly Highlighted[]): string[] =>
  pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.className, ...classesOf(piece.children)]));

describe('highlight', () => {
  it.each([
    ['bash', 'echo "$HOME"', 'hljs-string'],
    ['sh', 'if true; then exit 1; fi', 'hljs-keyword'],
    ['yaml', 'name: web', 'hljs-attr'],
    ['yml', 'name: <%= if x then 1 end %>', 'hljs-keyword'],
    ['go', 'func main() {}', 'hljs-keyword'],
    ['html', '<p style="color: red">', 'hljs-tag'],
    ['nginx', 'server { listen 80; }', 'hljs-section'],
    ['ps1', 'Get-Item $path', 'hljs-variable'],
  ])('colours %s', async (language, text, expected) => {
    expect(classesOf((await highlight(text, language)) ?? [])).toContain(expected);
  });

  it('leaves what it does not know, and what is too long', async () => {
    expect(await highlight('x', 'klingon')).toBeNull();
    expect(await highlight('x'.repeat(50_001), 'bash')).toBeNull();
  });
});
