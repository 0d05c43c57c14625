import type { GetLabArchive, Principal, ReplyInputOf, RequestOf } from '@lab-orchestrator/contracts';
import { folderLimits, writeZip } from '@lab-orchestrator/lab-folder';
import { Blobs } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { allowLab, notFound } from '../policy/allow.js';
import type { VersionKey } from './lab-versions.js';
import { LabVersions } from './lab-versions.js';
import { LabsService } from './labs.service.js';

/** What does not shrink grows a little, and each file has a header. */
const maxBytes = 2 * folderLimits.bytes;

/** Labs as their authors wrote them, for those who may edit them: importing one again makes no new version. */
@Injectable()
export class LabArchiveService {
  constructor(
    private readonly labs: LabsService,
    private readonly versions: LabVersions,
    private readonly dataSource: DataSource,
    private readonly blobs: Blobs,
  ) {}

  async pack(
    caller: Principal,
    { labId, version }: RequestOf<typeof GetLabArchive>,
  ): Promise<ReplyInputOf<typeof GetLabArchive>> {
    const lab = await this.labs.find(labId);
    allowLab(caller, 'change', lab);
    const key = { labId, version };
    const { digest, resolved } = await this.versions.get(key);
    const zip = writeZip(await this.paths(key), (path) => this.content(key, path));
    const { key: blob, sizeBytes } = await this.blobs.put('LAB_UPLOADS', zip, { maxBytes });
    return { blob, sizeBytes, digest, slug: resolved.slug };
  }

  private async paths({ labId, version }: VersionKey) {
    const rows = await this.dataSource.query<Array<{ path: string }>>(
      'SELECT path FROM lab_files WHERE lab_id = $1 AND version = $2 ORDER BY path',
      [labId, version],
    );
    return rows.map(({ path }) => path);
  }

  private async content({ labId, version }: VersionKey, path: string) {
    const [row] = await this.dataSource.query<Array<{ content: Buffer }>>(
      'SELECT content FROM lab_files JOIN contents USING (sha256) WHERE lab_id = $1 AND version = $2 AND path = $3',
      [labId, version, path],
    );
    if (!row) throw notFound('file');
    return row.content;
  }
}
