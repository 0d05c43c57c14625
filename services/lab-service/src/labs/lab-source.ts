import type { ImportLab, RequestOf, ValidateLab } from '@lab-orchestrator/contracts';
import { type FolderFiles, folderLimits, readZip } from '@lab-orchestrator/lab-folder';
import { Blobs, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { GitSource } from './git/git-source.js';

export interface SourceFolder {
  files: FolderFiles;
  /** Where it came from, for people. */
  source: string;
}

/** Gets the folder of a lab from wherever its author keeps it. */
@Injectable()
export class LabSource {
  constructor(
    private readonly blobs: Blobs,
    private readonly git: GitSource,
  ) {}

  /** @throws FolderError when the folder is broken, hostile or too large */
  async read(source: RequestOf<typeof ImportLab | typeof ValidateLab>): Promise<SourceFolder> {
    if ('git' in source) return this.git.read(source.git);
    const archive = await collect(await this.blobs.get('LAB_UPLOADS', source.archive));
    return { files: await readZip(archive), source: 'archive' };
  }
}

/** A zip may be as large as what it may unpack to. */
async function collect(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > folderLimits.bytes)
      throw new UserError('too_large', { status: 413, detail: `An archive may have ${folderLimits.bytes} bytes.` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
