import { join } from 'node:path';
import type { Step } from '../../launcher/terminal/steps.ts';
import { Advice } from '../../setup/advice.mjs';
import { nodeProgram } from '../../setup/node-program.mjs';
import { clusterCache, type Options } from '../options.ts';
import type { BuiltImage } from './archive.ts';
import { outputOf } from './command.ts';
import { labImage } from './lab-images.ts';
import { platformImage } from './platform-image.ts';

export interface ProductImages {
  platform: BuiltImage;
  stores: BuiltImage;
  labs: BuiltImage[];
}

const STORES = 'trial-stores';

/** Every image of an installation, as archives. Building one starts from Debian packages; no registry is asked. */
export async function productImages(checkout: string, options: Options, step: Step): Promise<ProductImages> {
  const cache = join(checkout, '.cache');
  const folder = clusterCache(checkout);
  if (options.build) {
    const builder = ['node', join(checkout, 'tools/images/main.mjs'), 'build', '--cache', cache];
    step.progress('base images');
    await outputOf([...builder, STORES, ...options.images], { cwd: checkout });
  }
  step.progress('platform');
  const platform = await platformImage(checkout, folder, nodeProgram(checkout));
  const labs: BuiltImage[] = [];
  for (const name of options.images) {
    step.progress(name);
    labs.push(await required(cache, folder, name));
  }
  const stores = await required(cache, folder, STORES);
  step.result([platform, stores, ...labs].map(({ name }) => name).join(', '));
  return { platform, stores, labs };
}

async function required(cache: string, folder: string, name: string): Promise<BuiltImage> {
  const image = await labImage(cache, folder, name);
  if (image === undefined)
    throw new Advice(`The image ${name} was not built: node tools/images/main.mjs build ${name}`);
  return image;
}
