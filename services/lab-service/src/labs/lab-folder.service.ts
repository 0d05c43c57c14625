import type { GetLabFolder, ReplyInputOf, RequestOf } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LabFilesService } from './lab-files.service.js';
import { LabVersions } from './lab-versions.js';

/** For the instruction service: the contents of a version, without asking who reads it. */
@Injectable()
export class LabFolderService {
  constructor(
    private readonly versions: LabVersions,
    private readonly files: LabFilesService,
    private readonly dataSource: DataSource,
  ) {}

  async read({ labId, version, read }: RequestOf<typeof GetLabFolder>): Promise<ReplyInputOf<typeof GetLabFolder>> {
    const { digest, resolved } = await this.versions.get({ labId, version });
    const { languages, instructions, systems, variables } = resolved;
    const wanted = new Set(read);
    const isRead = (path: string) => wanted.has(path) || (path.startsWith(`${instructions}/`) && path.endsWith('.md'));
    const rows = await this.dataSource.query<Array<{ path: string; sha256: string; sizeBytes: number }>>(
      `SELECT path, sha256, size_bytes AS "sizeBytes" FROM lab_files WHERE lab_id = $1 AND version = $2 ORDER BY path`,
      [labId, version],
    );
    for (const { path, sha256, sizeBytes } of rows) if (isRead(path)) await this.files.provide(sha256, sizeBytes);
    return {
      digest,
      languages,
      instructions,
      systems: systems.map(({ name, access }) => ({
        name,
        access: access.map(({ name: entry, kind }) => ({ name: entry, kind })),
      })),
      variables: Object.entries(variables).map(([name, { secret }]) => ({ name, secret })),
      files: rows.map(({ path, sha256, sizeBytes }) => ({ path, sizeBytes, ...(isRead(path) && { blob: sha256 }) })),
    };
  }
}
