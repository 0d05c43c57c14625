import { realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { outputOf } from './command.ts';
import { servicesOf } from './services.ts';

/** What no running service reads: types, sources of maps, documentation. Licences stay. */
export const unusedFiles = ['*.d.ts', '*.d.mts', '*.d.cts', '*.map', '*.md', '*.markdown', '.package-lock.json'];

/** Specs, and what only they use. */
export const testFiles = [
  '*.spec.js',
  '*.fixture.js',
  '*.tsbuildinfo',
  '*/dist/testing',
  '*/dist/*/testing',
  '*/dist/conformance',
];

export interface ProductionFiles {
  /** Folders of npm packages, relative to the checkout. */
  packages: string[];
  /** What we built ourselves, with the links by which the packages find each other. */
  own: string[];
}

/** What the services need to run: what npm itself says that they depend on, and the web app. */
export async function productionFiles(checkout: string): Promise<ProductionFiles> {
  const workspaces = servicesOf(checkout).flatMap((name) => ['--workspace', `services/${name}`]);
  // Exit code 1 only says that the tree has something else to complain about.
  const text = await outputOf(['npm', 'ls', '--omit=dev', '--all', '--parseable', ...workspaces], {
    cwd: checkout,
    accept: [0, 1],
  });
  const paths = text
    .split('\n')
    .map((line) => relative(checkout, line))
    .filter((path) => path.includes('node_modules/') && !path.startsWith('..'));
  const [links, packages] = [paths.filter(isOwn), paths.filter((path) => !isOwn(path))];
  const folders = links.map((link) => relative(checkout, realpathSync(join(checkout, link))));
  const own = folders.flatMap((folder) => [`${folder}/package.json`, `${folder}/dist`]);
  return { packages: outermost(packages), own: [...own, ...links, 'web/dist'] };
}

const isOwn = (path: string) => path.startsWith('node_modules/@lab-orchestrator/');

/** Without those that lie in another one: packing a folder packs what is in it. */
export function outermost(paths: readonly string[]): string[] {
  const all = new Set(paths);
  return [...all].filter((path) => !ancestorsOf(path).some((folder) => all.has(folder))).toSorted();
}

function ancestorsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
