import { link, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuiltImage, type ImageConfig, writeArchive } from './archive.ts';
import { layerOf, packLayer } from './layers.ts';

interface Description {
  kind: 'container' | 'disk';
  config?: {
    user?: string;
    workingDir?: string;
    env?: Record<string, string>;
    entrypoint?: string[];
    cmd?: string[];
  };
}

/** KubeVirt and CDI read the disk of such an image as this user. */
const qemuUser = 107;

/**
 * One of the project's own images, as an image for a cluster: a root file system becomes the image's only layer, and
 * the disk of a virtual machine becomes a container disk (`/disk/<name>.qcow2`).
 * @returns undefined when it was never built
 */
export async function labImage(cacheDir: string, folder: string, name: string): Promise<BuiltImage | undefined> {
  const path = await builtFile(cacheDir, name);
  if (path === undefined) return undefined;
  const description: Description = JSON.parse(await readFile(join(dirname(path), 'image.json'), 'utf8'));
  if (description.kind === 'container')
    return writeArchive(folder, name, [await layerOf(path)], imageConfig(description.config));
  return writeArchive(folder, name, [await diskLayer(folder, name, path)], {});
}

async function builtFile(cacheDir: string, name: string): Promise<string | undefined> {
  const text = await readFile(join(cacheDir, 'images', name, 'status.json'), 'utf8').catch(() => undefined);
  const status: { path?: string } = text === undefined ? {} : JSON.parse(text);
  return status.path;
}

/** From our description to the OCI image configuration. */
export function imageConfig(config: Description['config'] = {}): ImageConfig {
  return {
    ...(config.user && { User: config.user }),
    ...(config.workingDir && { WorkingDir: config.workingDir }),
    ...(config.env && { Env: Object.entries(config.env).map(([key, value]) => `${key}=${value}`) }),
    ...(config.entrypoint && { Entrypoint: config.entrypoint }),
    ...(config.cmd && { Cmd: config.cmd }),
  };
}

async function diskLayer(folder: string, name: string, disk: string) {
  const work = join(folder, 'layers', name);
  await rm(work, { recursive: true, force: true });
  await mkdir(join(work, 'disk'), { recursive: true });
  await link(disk, join(work, 'disk', `${name}.qcow2`));
  const layer = await packLayer(join(folder, 'layers', `${name}.tar`), {
    from: work,
    paths: ['disk'],
    owner: qemuUser,
    mode: 'u=rX,go=rX',
  });
  await rm(work, { recursive: true });
  return layer;
}
