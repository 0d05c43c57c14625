import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { outputOf } from './command.ts';

/** A part of an image: the tar archive of its files, and the digest that names it. */
export interface Layer {
  file: string;
  /** SHA-256, as hex. */
  digest: string;
}

export interface LayerOptions {
  /** Folder that the paths are in. */
  from: string;
  paths: readonly string[];
  /** Where the files lie in the image, without a leading slash; at its root unless told. */
  into?: string;
  exclude?: readonly string[];
  /** Numeric owner; root unless told: what runs may not change what it runs. */
  owner?: number;
  mode?: string;
  /** The files' own times; without it all are of 1970, so that the same content is the same layer. */
  keepTimes?: boolean;
}

/** Packs files of a folder. The order, the owner and the rights are fixed: the same content has the same digest. */
export async function packLayer(file: string, options: LayerOptions): Promise<Layer> {
  const { from, paths, into, exclude = [], owner = 0, mode = 'u=rwX,go=rX' } = options;
  const list = `${file}.list`;
  await writeFile(list, paths.join('\n'));
  await outputOf([
    'tar',
    '--create',
    `--file=${file}`,
    `--directory=${from}`,
    '--sort=name',
    '--format=posix',
    '--pax-option=delete=atime,delete=ctime',
    `--owner=${owner}`,
    `--group=${owner}`,
    '--numeric-owner',
    `--mode=${mode}`,
    ...(options.keepTimes ? [] : ['--mtime=@0']),
    ...exclude.map((pattern) => `--exclude=${pattern}`),
    // "flags=rh": the targets of symbolic links stay as they are.
    ...(into === undefined ? [] : [`--transform=flags=rh;s,^,${into}/,`]),
    '--verbatim-files-from',
    `--files-from=${list}`,
  ]);
  return layerOf(file);
}

/** A tar archive that is there already, as a layer. */
export async function layerOf(file: string): Promise<Layer> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { file, digest: hash.digest('hex') };
}
