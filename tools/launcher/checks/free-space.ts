import { statfsSync } from 'node:fs';
import { Advice } from '../../setup/advice.mjs';
import { note } from '../terminal/steps.ts';

const GIB = 1024 ** 3;
/** Databases and logs. */
const LEAST_BYTES = 1 * GIB;
/** All base images and a few running labs. */
const COMFORTABLE_BYTES = 10 * GIB;

/** Refuses a start that would end in a full disk, and warns of one that may. */
export function checkFreeSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const shown = `${(free / GIB).toFixed(1)} GiB are free for ${folder}`;
  if (free < LEAST_BYTES)
    throw new Advice(`Only ${shown}. Free at least 1 GiB, or choose another folder with --data DIR.`);
  if (free < COMFORTABLE_BYTES) note(`  ! Only ${shown}: base images and running labs may need up to 10 GiB.`);
}
