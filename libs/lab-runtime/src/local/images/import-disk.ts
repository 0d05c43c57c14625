import { chmod } from 'node:fs/promises';
import type { ImageSpec } from '@lab-orchestrator/contracts';
import type { DiskTool } from './disk-tool.js';
import type { Fetch } from './fetch-source.js';
import { makeGoldenDisk } from './golden-disk.js';
import type { ImageFolder } from './image-folder.js';
import type { ImportLimits } from './import-limits.js';

export type ImportParts = { folder: ImageFolder; fetch: Fetch; tool: DiskTool; limits: ImportLimits };

/** Share of the bar that the download fills; the rest is unpacking and converting, whose length nobody knows. */
const downloadShare = 80;
const progressEveryMs = 500;

/** One import from source to published golden disk. The caller holds the lock and clears the working folder. */
export async function importDisk(image: ImageSpec, parts: ImportParts, signal: AbortSignal): Promise<void> {
  const { folder, limits } = parts;
  const { source, scratch, outFolder } = await folder.beginImport(image.id);
  await folder.setProgress(image.id, 0);
  let writtenAtMs = 0;
  let writing = Promise.resolve();
  const onShare = (share: number | undefined) => {
    if (share === undefined || Date.now() - writtenAtMs < progressEveryMs) return;
    writtenAtMs = Date.now();
    writing = writing
      .then(() => folder.setProgress(image.id, Math.floor(share * downloadShare)))
      .catch(() => undefined);
  };
  await parts.fetch(image, source, onShare, signal).finally(() => writing);
  signal.throwIfAborted();
  await folder.setProgress(image.id, downloadShare);
  // The tool runs as another user; nobody else can reach this folder through its parents.
  await chmod(outFolder, 0o777);
  const virtualBytes = await makeGoldenDisk(parts.tool, { imageId: image.id, source, scratch, outFolder, limits });
  signal.throwIfAborted();
  await chmod(outFolder, 0o755);
  await folder.finishImport(image.id, virtualBytes);
}
