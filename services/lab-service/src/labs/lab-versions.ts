import type { FolderFiles, ResolvedLab } from '@lab-orchestrator/lab-folder';
import { sha256 } from '@lab-orchestrator/lab-folder';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { notFound } from '../policy/allow.js';
import { LabVersionEntity } from './lab-version.entity.js';

export interface VersionKey {
  labId: string;
  version: number;
}

const keyText = ({ labId, version }: VersionKey) => `${labId}/${version}`;
const keptVersions = 200;

/** The contents of labs. Versions never change, so those in use are kept in memory. */
@Injectable()
export class LabVersions {
  private readonly kept = new Map<string, LabVersionEntity>();

  constructor(private readonly dataSource: DataSource) {}

  async get(key: VersionKey): Promise<LabVersionEntity> {
    const version = (await this.getAll([key])).get(keyText(key));
    if (!version) throw notFound('lab');
    return version;
  }

  /** Several at once, for lists. */
  async resolved(keys: readonly VersionKey[]): Promise<(key: VersionKey) => ResolvedLab> {
    const versions = await this.getAll(keys);
    return (key) => {
      const version = versions.get(keyText(key));
      if (!version) throw new Error(`lab version ${keyText(key)} is missing`);
      return version.resolved;
    };
  }

  /** The files that a lab's systems get, by path. */
  async systemFiles(key: VersionKey, { systems }: ResolvedLab): Promise<FolderFiles> {
    const paths = systems
      .flatMap((system) => (system.kind === 'container' ? system.files : []))
      .flatMap(({ from }) => from ?? []);
    if (paths.length === 0) return new Map();
    const rows = await this.dataSource.query<Array<{ path: string; content: Buffer }>>(
      `SELECT path, content FROM lab_files JOIN contents USING (sha256)
       WHERE lab_id = $1 AND version = $2 AND path = ANY ($3)`,
      [key.labId, key.version, paths],
    );
    return new Map(rows.map(({ path, content }) => [path, content]));
  }

  /** @param onPages the files that the pages show */
  async add(tx: EntityManager, version: LabVersionEntity, files: FolderFiles, onPages: ReadonlySet<string>) {
    const { labId, digest, title, resolved, source, createdById, createdAt } = version;
    await tx.query(
      `INSERT INTO lab_versions (lab_id, version, digest, title, resolved, source, created_by_id, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [labId, version.version, digest, title, JSON.stringify(resolved), source, createdById, createdAt],
    );
    await addFiles(tx, version, files, onPages);
  }

  private async getAll(keys: readonly VersionKey[]) {
    const found = new Map<string, LabVersionEntity>();
    const missing: VersionKey[] = [];
    for (const key of keys) {
      const kept = this.kept.get(keyText(key));
      if (kept) found.set(keyText(key), kept);
      else missing.push({ labId: key.labId, version: key.version });
    }
    if (missing.length === 0) return found;
    for (const version of await this.dataSource.getRepository(LabVersionEntity).find({ where: missing })) {
      found.set(keyText(version), version);
      this.keep(version);
    }
    return found;
  }

  private keep(version: LabVersionEntity) {
    const [oldest] = this.kept.keys();
    if (this.kept.size >= keptVersions && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(keyText(version), version);
  }
}

/** Contents are stored once, whichever versions have them. */
async function addFiles(
  tx: EntityManager,
  { labId, version }: VersionKey,
  files: FolderFiles,
  onPages: ReadonlySet<string>,
) {
  for (const [path, content] of files) {
    const hash = sha256(content);
    await tx.query('INSERT INTO contents (sha256, content) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      hash,
      Buffer.from(content),
    ]);
    await tx.query(
      `INSERT INTO lab_files (lab_id, version, path, sha256, size_bytes, on_pages) VALUES ($1, $2, $3, $4, $5, $6)`,
      [labId, version, path, hash, content.length, onPages.has(path)],
    );
  }
}
