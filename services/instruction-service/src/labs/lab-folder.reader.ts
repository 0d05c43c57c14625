import { GetLabFolder, type ReplyOf } from '@lab-orchestrator/contracts';
import { Blobs, RequestClient } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import type { VersionKey } from './lab-instructions.store.js';

export interface LabFolder extends Omit<ReplyOf<typeof GetLabFolder>, 'files'> {
  /** Of all its files. */
  paths: ReadonlySet<string>;
  /** What was read, by path. */
  contents: ReadonlyMap<string, string>;
}

/** Copying a large folder into the bucket takes lab-service its time. */
const deadlineMs = 60_000;

/** Reads the folder of a version from lab-service: never its database, and never more than is needed. */
@Injectable()
export class LabFolderReader {
  constructor(
    private readonly requests: RequestClient,
    private readonly blobs: Blobs,
  ) {}

  /** @param read files to read beside the pages */
  async read({ labId, version }: VersionKey, read: string[] = []): Promise<LabFolder> {
    const { files, ...folder } = await this.requests.call(GetLabFolder, { labId, version, read }, { deadlineMs });
    const contents = new Map<string, string>();
    for (const { path, blob } of files) if (blob !== undefined) contents.set(path, await this.text(blob));
    return { ...folder, paths: new Set(files.map(({ path }) => path)), contents };
  }

  private async text(blob: string) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await this.blobs.get('LAB_FILES', blob)) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  }
}
