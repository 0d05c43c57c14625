import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf, gzippedKb, type Manifest } from './first-load.ts';

const manifest: Manifest = {
  'index.html': { file: 'index.js', imports: ['_base.js'] },
  'page.tsx': { file: 'page.js', imports: ['_base.js', '_menu.js', 'index.html'] },
  'later.tsx': { file: 'later.js', imports: ['_big.js'] },
  '_base.js': { file: 'base.js' },
  '_menu.js': { file: 'menu.js', imports: ['_base.js', '_page.css'] },
  '_big.js': { file: 'big.js' },
  '_page.css': { file: 'page.css' },
};

describe('filesOf', () => {
  it('counts what is imported, each file once, and nothing that comes later', () => {
    expect(filesOf(manifest, ['index.html', 'page.tsx'])).toEqual(['index.js', 'base.js', 'page.js', 'menu.js']);
  });

  it('does not take a source that is not there for one without weight', () => {
    expect(() => filesOf(manifest, ['gone.tsx'])).toThrow('gone.tsx');
  });
});

describe('gzippedKb', () => {
  it('adds up what is sent', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-script-size-'));
    try {
      writeFileSync(join(folder, 'noise.js'), randomBytes(3_000));
      writeFileSync(join(folder, 'zeros.js'), Buffer.alloc(100_000));
      expect(gzippedKb(folder, ['noise.js'])).toBeCloseTo(3.02, 1);
      expect(gzippedKb(folder, ['noise.js', 'zeros.js'])).toBeLessThan(3.3);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
