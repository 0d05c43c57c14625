import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from './advice.mjs';

const OLDEST_FOR_SETUP = 20;
const OLDEST_FOR_PRODUCT = 24;

/** @param {string} version such as `v20.11.1` */
export function majorOf(version) {
  return Number(version.replace(/^v/, '').split('.')[0]);
}

export function requireNodeForSetup() {
  if (majorOf(process.version) >= OLDEST_FOR_SETUP) return;
  throw new Advice(
    `Node.js ${process.version} is too old: install Node.js ${OLDEST_FOR_SETUP} or newer (https://nodejs.org), then start again.`,
  );
}

/**
 * The Node.js that runs the product: the one npm installed, or ours when it is new enough.
 * @param {string} folder the checkout
 */
export function nodeProgram(folder) {
  const installed = join(folder, 'node_modules', 'node', 'bin', 'node');
  if (existsSync(installed)) return installed;
  if (majorOf(process.version) >= OLDEST_FOR_PRODUCT) return process.execPath;
  throw new Advice(
    `The npm package "node" is incomplete (its install script did not run). Run "npm rebuild node", or use Node.js ${OLDEST_FOR_PRODUCT}.`,
  );
}

/**
 * Goes on in the product's Node.js and answers with its exit code. The open channel tells the child when we die.
 * @param {string} folder the checkout @param {string} script @param {string[]} args
 * @returns {Promise<number>}
 */
export function continueIn(folder, script, args) {
  const node = nodeProgram(folder);
  const path = [join(folder, 'node_modules', '.bin'), process.env.PATH].join(':');
  const child = spawn(node, ['--enable-source-maps', join(folder, script), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: path },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
