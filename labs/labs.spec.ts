import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkFolder } from '@lab-orchestrator/lab-folder';
import { describe, expect, it } from 'vitest';
import { filesOf } from './lab-run.js';

const here = import.meta.dirname;
const labs = readdirSync(here).filter((name) => statSync(join(here, name)).isDirectory());
const images = new Map<string, 'container' | 'disk'>([
  ['terminal', 'container'],
  ['desktop', 'container'],
  ['small-vm', 'disk'],
  ['debian-vm', 'disk'],
]);

/** What must be the same in every language: names of pages, ids, points, commands, checks. */
function skeletonOf(page: Uint8Array): string[] {
  const text = Buffer.from(page).toString();
  const directives = text.match(/:{2,4}(step|quiz|check|command|tick|hint)\b.*/g) ?? [];
  return directives.map((line) => line.replaceAll(/ (title|message)="[^"]*"/g, ''));
}

describe.each(labs)('the lab %s', (lab) => {
  it('has no error and no warning', () => {
    expect(checkFolder(filesOf(lab), { images }).diagnostics).toEqual([]);
  });

  it('teaches the same in English and German', () => {
    const files = filesOf(lab);
    const english = [...files.keys()].filter((path) => path.startsWith('pages/en/') && path.endsWith('.md'));
    expect(english.length).toBeGreaterThan(0);
    for (const path of english) {
      const german = files.get(path.replace('pages/en/', 'pages/de/'));
      expect(german, path).toBeDefined();
      if (german) expect(skeletonOf(german), path).toEqual(skeletonOf(files.get(path) ?? new Uint8Array()));
    }
  });

  it('closes every box it opens', () => {
    for (const [path, content] of filesOf(lab)) {
      if (!path.endsWith('.md')) continue;
      const text = Buffer.from(content).toString();
      for (const colons of [':::', '::::']) {
        const opened = text.match(new RegExp(`^${colons}[a-z]`, 'gm'))?.length ?? 0;
        const closed = text.match(new RegExp(`^${colons}$`, 'gm'))?.length ?? 0;
        expect(closed, `${path} ${colons}`).toBe(opened);
      }
    }
  });
});
