import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outputOf } from './command.ts';
import type { Layer } from './layers.ts';

/** How a container of the image starts, as in the OCI image configuration. */
export interface ImageConfig {
  User?: string;
  Env?: string[];
  Entrypoint?: string[];
  Cmd?: string[];
  WorkingDir?: string;
  Labels?: Record<string, string>;
}

export interface BuiltImage {
  /** Last part of the repository: `platform`, `terminal`. */
  name: string;
  /** From the content: the same tag is the same image. */
  tag: string;
  /** Archive as `docker save` and `podman save` write it; `podman load` and the like read it. */
  archive: string;
}

const architectures: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

/** The name of this machine's architecture in image descriptions. */
export function architecture(): string {
  const name = architectures[process.arch];
  if (name === undefined) throw new Error(`Images cannot be built on ${process.arch}.`);
  return name;
}

/** Puts layers together to an image, in the one archive format that every tool reads. An image that is there is kept. */
export async function writeArchive(
  folder: string,
  name: string,
  layers: readonly Layer[],
  config: ImageConfig,
): Promise<BuiltImage> {
  const description = JSON.stringify({
    architecture: architecture(),
    os: 'linux',
    config,
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => `sha256:${digest}`) },
  });
  const tag = createHash('sha256').update(description).digest('hex').slice(0, 16);
  const archive = join(folder, `${name}-${tag}.tar`);
  const image = { name, tag, archive };
  if (existsSync(archive)) return image;
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, '.archive-'));
  try {
    await writeFile(join(work, 'config.json'), description);
    for (const { file, digest } of layers) await symlink(file, join(work, `${digest}.tar`));
    const files = layers.map(({ digest }) => `${digest}.tar`);
    const manifest = [
      { Config: 'config.json', RepoTags: [`localhost/lab-orchestrator/${name}:${tag}`], Layers: files },
    ];
    await writeFile(join(work, 'manifest.json'), JSON.stringify(manifest));
    const out = join(work, 'archive');
    await outputOf(['tar', '-C', work, '--dereference', '-cf', out, 'manifest.json', 'config.json', ...new Set(files)]);
    await removeOlder(folder, name);
    await rename(out, archive);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return image;
}

/** Only the newest archive of an image is kept: they are large, and older ones can be built again. */
async function removeOlder(folder: string, name: string): Promise<void> {
  const older = (await readdir(folder)).filter(
    (file) => file.startsWith(`${name}-`) && /-[0-9a-f]{16}\.tar$/.test(file),
  );
  for (const file of older.filter((entry) => entry.slice(0, -21) === name)) await rm(join(folder, file));
}
