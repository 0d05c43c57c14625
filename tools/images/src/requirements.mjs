import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Program → the Debian package it is in. */
const programs = {
  mmdebstrap: 'mmdebstrap',
  'qemu-img': 'qemu-utils',
  flock: 'util-linux',
  setpriv: 'util-linux',
  tar: 'tar',
};

/** Debian packages that building the images needs on this machine; everything else is fetched into the build. */
export const requiredPackages = [...new Set(Object.values(programs))];

async function isInstalled(program) {
  for (const dir of (process.env.PATH ?? '').split(delimiter)) {
    const found = await access(join(dir, program), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}

/**
 * The required packages that are not there.
 * @returns {Promise<string[]>}
 */
export async function missingPackages() {
  const missing = new Set();
  for (const [program, name] of Object.entries(programs)) if (!(await isInstalled(program))) missing.add(name);
  return [...missing];
}

/**
 * One sentence with the command that helps.
 * @param {string[]} packages
 */
export function missingSentence(packages) {
  return `The base images cannot be built: install the missing packages with "apt-get install --no-install-recommends ${packages.join(' ')}".`;
}
