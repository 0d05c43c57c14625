import type { GetLabFile, Principal, ReplyInputOf, RequestOf } from '@lab-orchestrator/contracts';
import { mediaTypeOf } from '@lab-orchestrator/lab-folder';
import { Blobs } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { allowLab, mayLab, maySession, notFound } from '../policy/allow.js';
import { LabsService } from './labs.service.js';
import type { Visibility } from './lab.entity.js';
import { PageFiles } from './page-files.js';

/** Pictures and media of the pages; all files for those who may edit the lab. Postgres has them; the files bucket is a copy that may be lost. */
@Injectable()
export class LabFilesService {
  constructor(
    private readonly labs: LabsService,
    private readonly pageFiles: PageFiles,
    private readonly dataSource: DataSource,
    private readonly blobs: Blobs,
  ) {}

  async get(
    caller: Principal,
    { labId, version, path: written }: RequestOf<typeof GetLabFile>,
  ): Promise<ReplyInputOf<typeof GetLabFile>> {
    const path = written.normalize('NFC');
    const mayEdit = await this.allowReading(caller, labId);
    if (!mayEdit && !(await this.pageFiles.has({ labId, version }, path))) throw notFound('file');
    const [file] = await this.dataSource.query<Array<{ sha256: string; sizeBytes: number }>>(
      'SELECT sha256, size_bytes AS "sizeBytes" FROM lab_files WHERE lab_id = $1 AND version = $2 AND path = $3',
      [labId, version, path],
    );
    if (!file) throw notFound('file');
    await this.provide(file.sha256, file.sizeBytes);
    return { blob: file.sha256, mediaType: mediaTypeOf(path), ...file };
  }

  /** Makes sure that the files bucket has it. */
  async provide(sha256: string, sizeBytes: number) {
    if (await this.blobs.has('LAB_FILES', sha256)) return;
    const [row] = await this.dataSource.query<Array<{ content: Buffer }>>(
      'SELECT content FROM contents WHERE sha256 = $1',
      [sha256],
    );
    if (!row) throw notFound('file');
    await this.blobs.put('LAB_FILES', inChunks(row.content), { maxBytes: sizeBytes, key: sha256 });
  }

  /**
   * By the lab's visibility, or because the caller takes part in a session of it: its pages stay whole when it is taken away.
   * @returns whether the caller may edit the lab
   */
  private async allowReading(caller: Principal, labId: string): Promise<boolean> {
    const sessions = await this.dataSource.query<
      Array<{ ownerId: string; labOwnerId: string; visibility: Visibility; memberRole: 'viewer' | null }>
    >(
      `SELECT session.owner_id AS "ownerId", lab.owner_id AS "labOwnerId", lab.visibility, member.role AS "memberRole"
       FROM sessions session JOIN labs lab ON lab.id = session.lab_id
       LEFT JOIN session_members member ON member.session_id = session.id AND member.user_id = $2
       WHERE session.lab_id = $1 AND session.phase <> 'ended' AND (session.owner_id = $2 OR member.user_id = $2) LIMIT 1`,
      [labId, caller.userId],
    );
    const [session] = sessions;
    if (session && maySession(caller, 'read', { ...session, memberRole: session.memberRole ?? undefined }))
      return mayLab(caller, 'change', { ownerId: session.labOwnerId, visibility: session.visibility });
    const lab = await this.labs.find(labId);
    allowLab(caller, 'read', lab);
    return mayLab(caller, 'change', lab);
  }
}

const chunkBytes = 64 * 1024;
async function* inChunks(content: Buffer) {
  for (let offset = 0; offset < content.length; offset += chunkBytes)
    yield content.subarray(offset, offset + chunkBytes);
}
