import { rm, writeFile } from 'node:fs/promises';
import { folderDigest, FolderError, type FolderFiles, readZip } from '@lab-orchestrator/lab-folder';
import { routes } from '@lab-orchestrator/contracts';
import { platform, type World } from '../api/context.js';
import { findLab } from '../api/find-lab.js';
import { refuseExisting, writeFolder } from '../folder/write-folder.js';
import { CommandError, exitCodes } from '../output/exit-codes.js';
import type { Output } from '../output/output.js';

interface ExportOptions {
  labVersion?: number;
  output?: string;
  force: boolean;
}

/** A version of a lab as a zip, or unpacked into a folder. Importing it again makes no new version. */
export async function exportLab(
  nameOrId: string,
  { labVersion, output: target, force }: ExportOptions,
  world: World,
  output: Output,
): Promise<void> {
  const api = await platform(world);
  const lab = await findLab(api, nameOrId);
  const version = labVersion ?? lab.version;
  const path = target ?? `${lab.slug}-v${version}.zip`;
  if (!force) await refuseExisting(path);
  const answer = await api.send(routes.getLabArchive, { params: { labId: lab.id, version } });
  const zip = new Uint8Array(await answer.arrayBuffer());
  const files = await unpacked(zip);
  if (path.endsWith('.zip')) await writeZipFile(path, zip, force);
  else await writeFolder(path, files, force);
  const result = { labId: lab.id, slug: lab.slug, version, digest: folderDigest(files), files: files.size, path };
  output.result(result, () => `${lab.slug}: version ${version}, ${files.size} files, in ${path}`);
}

async function unpacked(zip: Uint8Array): Promise<FolderFiles> {
  try {
    return await readZip(zip);
  } catch (error) {
    if (!(error instanceof FolderError)) throw error;
    throw new CommandError(exitCodes.failed, `The platform sent no usable lab: ${error.message}`, error.code);
  }
}

async function writeZipFile(path: string, zip: Uint8Array, force: boolean) {
  if (force) await rm(path, { force: true });
  await writeFile(path, zip, { flag: 'wx' });
}
