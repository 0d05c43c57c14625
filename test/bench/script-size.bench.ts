import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../../tools/setup/checkout.mjs';
import { Advice } from '../../tools/setup/advice.mjs';
import { filesOf, gzippedKb, type Manifest } from './script-size/first-load.ts';
import type { Bench, Row } from './support/bench.ts';
import { statisticsOf } from './support/statistics.ts';

/** The longer one of the languages; a reader gets one. */
const everyPage = ['index.html', 'src/i18n/de/first.ts'];
const workspace = [...everyPage, 'src/workspace/workspace.page.tsx'];
const terminal = [...workspace, 'src/consoles/terminal-pane.tsx'];

const loads = [
  { name: 'before login', sources: [...everyPage, 'src/auth/login.page.tsx'], barKb: 250 },
  { name: 'workspace', sources: workspace, barKb: 350 },
  { name: 'workspace with a terminal', sources: terminal, barKb: 350 },
  {
    name: 'workspace with a terminal and coloured code',
    sources: [...terminal, 'src/instructions/parts/highlight.ts'],
    barKb: 350,
  },
];

/** Of a fresh build, so always of these sources. The same every time; fails above a bar. */
export const bench: Bench = {
  title: 'P14: script of a first load: the login page ≤ 250 KB, the workspace with a terminal ≤ 350 KB, gzipped',
  run(say) {
    const folder = mkdtempSync(join(tmpdir(), 'lab-script-size-'));
    try {
      say('building the web app');
      execFileSync(join(checkout, 'node_modules/.bin/vite'), ['build', '--outDir', folder, '--logLevel', 'error'], {
        cwd: join(checkout, 'web'),
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;
      const measured = loads.map(({ sources, ...load }) => {
        const files = filesOf(manifest, sources);
        return { ...load, files: files.length, kb: gzippedKb(folder, files) };
      });
      const heavy = measured.filter(({ kb, barKb }) => kb > barKb);
      if (heavy.length > 0) {
        throw new Advice(
          heavy.map(({ name, kb, barKb }) => `${name}: ${kb.toFixed(1)} KB, not ≤ ${barKb} KB`).join('\n'),
        );
      }
      return Promise.resolve(measured.map(({ name, files, kb, barKb }) => row(`${name}, ${files} files`, kb, barKb)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const row = (name: string, kb: number, barKb: number): Row => ({
  name,
  unit: 'KB gzipped',
  bar: `≤ ${barKb} KB`,
  values: [kb],
  ...statisticsOf([kb]),
});
