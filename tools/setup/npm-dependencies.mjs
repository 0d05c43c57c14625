import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Advice, say } from './advice.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }>} Packages */

/**
 * The first locked package that is missing or has another version, or undefined when all are there.
 * @param {Packages} locked @param {Packages} installed
 */
export function firstDifference(locked, installed) {
  const needed = Object.entries(locked).filter(
    ([path, entry]) => path.startsWith('node_modules/') && !entry.optional && !entry.devOptional && !entry.peer,
  );
  return needed.find(([path, entry]) => installed[path]?.version !== entry.version)?.[0];
}

/**
 * Installs the npm dependencies when the lock file asks for others than are there.
 * @param {string} folder the checkout
 */
export function ensureNpmDependencies(folder) {
  const difference = firstDifference(packagesOf(join(folder, 'package-lock.json')), installedIn(folder));
  if (difference === undefined) return;
  say(`• npm dependencies: installing (${difference.replace('node_modules/', '')} is missing or out of date) …`);
  // Development dependencies are part of running from a checkout, whatever NODE_ENV says.
  const npm = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  if (npm.status !== 0) {
    throw new Advice(
      'npm could not install the dependencies (its own message is above). Check the network and the free space, then start again.',
    );
  }
}

/** @param {string} folder @returns {Packages} */
function installedIn(folder) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  return existsSync(record) ? packagesOf(record) : {};
}

/** @param {string} file @returns {Packages} */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
