import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FolderChecker } from './check/folder-checker.js';
import type { VersionKey } from './lab-versions.js';

/** Which files the pages of a version show. Versions from before this was noted at the import are looked through once. */
@Injectable()
export class PageFiles {
  private readonly looking = new Map<string, Promise<void>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly folders: FolderChecker,
  ) {}

  async has(key: VersionKey, path: string): Promise<boolean> {
    const noted = await this.noted(key, path);
    if (noted !== null) return noted;
    await this.lookOnce(key);
    return (await this.noted(key, path)) === true;
  }

  /** Null: nobody has looked yet. */
  private async noted({ labId, version }: VersionKey, path: string): Promise<boolean | null> {
    const [row] = await this.dataSource.query<Array<{ onPages: boolean | null }>>(
      'SELECT on_pages AS "onPages" FROM lab_files WHERE lab_id = $1 AND version = $2 AND path = $3',
      [labId, version, path],
    );
    return row ? row.onPages : false;
  }

  /** The pictures of a page are asked for all at once. */
  private lookOnce(key: VersionKey): Promise<void> {
    const name = `${key.labId}/${key.version}`;
    const looking = this.looking.get(name) ?? this.look(key).finally(() => this.looking.delete(name));
    this.looking.set(name, looking);
    return looking;
  }

  private async look({ labId, version }: VersionKey) {
    const rows = await this.dataSource.query<Array<{ path: string; content: Buffer }>>(
      'SELECT path, content FROM lab_files JOIN contents USING (sha256) WHERE lab_id = $1 AND version = $2',
      [labId, version],
    );
    const { onPages } = await this.folders.check(new Map(rows.map(({ path, content }) => [path, content])));
    await this.dataSource.query('UPDATE lab_files SET on_pages = path = ANY ($3) WHERE lab_id = $1 AND version = $2', [
      labId,
      version,
      [...onPages],
    ]);
  }
}
