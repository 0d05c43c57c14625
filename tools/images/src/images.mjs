import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrapOptions } from './bootstrap-options.mjs';

const imagesDir = join(dirname(fileURLToPath(import.meta.url)), '../../../images');

/** Every image, in the order in which they are built: what the first labs need comes first. */
export const imageNames = ['terminal', 'vm-launcher', 'small-vm', 'desktop', 'debian-vm'];

/** Images that no lab starts from; they are built when they are named. */
export const otherImageNames = ['trial-stores'];

/**
 * One image as described in `images/<name>/`.
 * @typedef {object} Image
 * @property {string} name
 * @property {'container' | 'disk'} kind
 * @property {string} dir absolute folder of the description
 * @property {{ mode: string, packages: string[] }} build
 * @property {string} digest over everything that decides the content
 */

/**
 * Reads the description of an image and computes the digest of its inputs.
 * @param {string} name
 * @returns {Promise<Image>}
 */
export async function loadImage(name) {
  const dir = join(imagesDir, name);
  const description = JSON.parse(await readFile(join(dir, 'image.json'), 'utf8'));
  if (description.name !== name) throw new Error(`${dir}/image.json names itself ${description.name}.`);
  return { ...description, dir, digest: await digestOf(dir, description) };
}

/** The files of one folder that end up in the image, with the scripts that put them there; sorted. */
async function inputFiles(dir) {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/^README\.md$|\.spec\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .toSorted();
}

async function digestOf(dir, description) {
  const hash = createHash('sha256').update(JSON.stringify(bootstrapOptions(description)));
  const shared = (description.build.shared ?? []).map((file) => join(imagesDir, file));
  for (const file of [...(await inputFiles(dir)), ...shared]) {
    hash.update(`\0${relative(imagesDir, file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}

/**
 * The parts of an image that a build uses: a folder to copy into it, and the scripts that make it.
 * @param {Image} image
 * @returns {Promise<{ files: string | undefined, scripts: string[] }>}
 */
export async function partsOf(image) {
  const files = join(image.dir, 'files');
  const own = (await inputFiles(image.dir)).filter(
    (file) => dirname(file) === image.dir && !file.endsWith('image.json'),
  );
  const shared = (image.build.shared ?? []).map((file) => join(imagesDir, file));
  return { files: existsSync(files) ? files : undefined, scripts: [...shared, ...own] };
}
