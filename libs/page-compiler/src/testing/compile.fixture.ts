import type { SystemFacts } from '../lab/lab-sources.js';
import { compileInstructions } from '../lab/compile-instructions.js';

const systems: SystemFacts[] = [
  {
    name: 'attacker',
    access: [
      { name: 'shell', kind: 'terminal' },
      { name: 'screen', kind: 'desktop' },
    ],
  },
  {
    name: 'server',
    access: [
      { name: 'console', kind: 'serial' },
      { name: 'site', kind: 'web' },
    ],
  },
];

/** Files that pages of specs may point to. */
const beside: Record<string, string> = {
  'pages/en/network.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'pages/en/ping.webm': '',
  'pages/en/ping.vtt': '',
  'pages/en/ping.de.vtt': '',
  'pages/en/ping.ogg': '',
  'files/check.sh': '',
};

interface Lab {
  files?: Record<string, string>;
  languages?: string[];
  systems?: SystemFacts[];
}

/** Compiles pages by path. */
export function compileFiles(pages: Record<string, string>, { files, languages = ['en'], systems: own }: Lab = {}) {
  const all = new Map(Object.entries({ ...beside, ...files, ...pages }));
  return compileInstructions({
    folder: 'pages',
    languages,
    files: all,
    read: (path) => all.get(path),
    systems: own ?? systems,
    variables: ['flag', 'greeting'],
  });
}

/** Compiles one page in English. */
export function compileOne(markdown: string, lab: Lab = {}) {
  const { instructions, diagnostics } = compileFiles({ 'pages/en/01-start.md': markdown }, lab);
  const [language] = instructions.languages;
  const [page] = language?.pages ?? [];
  if (!language || !page) throw new Error(`nothing was compiled: ${JSON.stringify(diagnostics)}`);
  const findings = diagnostics.map(({ line, column, path, code }) => `${line}:${column} ${path} ${code}`);
  return { page, answers: language.answers, diagnostics, findings, instructions };
}
