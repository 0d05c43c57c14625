import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { Advice, say } from './advice.mjs';

/** @typedef {{ name: string, reason: string }} Wanted */

const POLICY_FILE = '/usr/sbin/policy-rc.d';

/**
 * Installs Debian packages when we may, and says what and why. `LAB_NO_INSTALL=1` leaves it to the reader.
 * @param {Wanted[]} wanted
 */
export function installPackages(wanted) {
  if (wanted.length === 0) return;
  const names = [...new Set(wanted.map((entry) => entry.name))];
  say('• Debian packages that are missing:');
  for (const name of names) {
    const reasons = wanted.filter((entry) => entry.name === name).map((entry) => entry.reason);
    say(`    ${name.padEnd(20)} ${reasons.join('; ')}`);
  }
  const byHand = `apt-get install --no-install-recommends ${names.join(' ')}`;
  if (process.env.LAB_NO_INSTALL === '1') throw new Advice(`Install them, then start again:\n  ${byHand}`);
  if (!hasApt())
    throw new Advice(
      'This system has no apt-get. Install the same programs with its own package tool, then start again.',
    );
  const root = rootPrefix();
  if (root === undefined) throw new Advice(`Only root may install them. Run this, then start again:\n  sudo ${byHand}`);
  say('  installing them now …');
  withoutStartingServices(root.length === 0, () => {
    if (!haveLists()) apt(root, ['update', '-q']);
    if (apt(root, installArguments(names))) return;
    apt(root, ['update', '-q']);
    if (!apt(root, installArguments(names))) {
      throw new Advice(
        `apt-get could not install them (its own message is above). Put that right, or run:\n  ${byHand}`,
      );
    }
  });
}

/** @param {string[]} names */
function installArguments(names) {
  return ['install', '-y', '-q', '--no-install-recommends', ...names];
}

/** How to become root: nothing in front when we are, undefined when we may not. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : undefined;
}

function hasApt() {
  return existsSync('/usr/bin/apt-get');
}

/** A fresh machine (or container) has no package lists yet. */
function haveLists() {
  const folder = '/var/lib/apt/lists';
  return existsSync(folder) && readdirSync(folder).some((name) => name.includes('_Packages'));
}

/** @param {string[]} root @param {string[]} args */
function apt(root, args) {
  const [file = '', ...rest] = [...root, 'apt-get', ...args];
  const result = spawnSync(file, rest, {
    stdio: ['ignore', process.stderr, process.stderr],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return result.status === 0;
}

/**
 * The packages of PostgreSQL, NATS and Redis start a server of the whole machine when they are installed. We run our
 * own, so Debian's switch against that is set meanwhile (only as root; sudo would need a second file to be run).
 * @param {boolean} isRoot @param {() => void} install
 */
function withoutStartingServices(isRoot, install) {
  const ours = isRoot && !existsSync(POLICY_FILE);
  if (ours) writeFileSync(POLICY_FILE, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    if (ours) rmSync(POLICY_FILE, { force: true });
  }
}
