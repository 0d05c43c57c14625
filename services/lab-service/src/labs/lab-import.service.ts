import {
  type Diagnostic,
  type ImportLab,
  type LabValidation,
  LabVersionPublished,
  type Principal,
  type ReplyInputOf,
  type RequestOf,
} from '@lab-orchestrator/contracts';
import { imagesOf, isImageName, type ResolvedLab } from '@lab-orchestrator/lab-folder';
import { Database, Outbox, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type EntityManager, IsNull } from 'typeorm';
import type { z } from 'zod';
import { Clock } from '../clock.js';
import { ImageCatalog } from '../images/image-catalog.js';
import { allowImport } from '../policy/allow.js';
import { LabCheckService } from './check/lab-check.service.js';
import { LabEntity } from './lab.entity.js';
import type { SourceFolder } from './lab-source.js';
import { LabVersionEntity } from './lab-version.entity.js';
import { LabVersions } from './lab-versions.js';
import { LabsService } from './labs.service.js';
import { refuseConflict } from './version-conflict.js';

type Source = RequestOf<typeof ImportLab>;

interface Wanted {
  caller: Principal;
  lab: ResolvedLab;
  digest: string;
  folder: SourceFolder;
  /** The files that the pages show. */
  onPages: ReadonlySet<string>;
  expected: Source['expected'];
}

const levelRank = { beginner: 1, intermediate: 2, advanced: 3 } as const;

/** Brings labs in: from an archive or from git, checked the same way, as versions that never change. */
@Injectable()
export class LabImportService {
  constructor(
    private readonly checks: LabCheckService,
    private readonly images: ImageCatalog,
    private readonly versions: LabVersions,
    private readonly labs: LabsService,
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async validate(caller: Principal, source: Source): Promise<z.input<typeof LabValidation>> {
    allowImport(caller);
    const { lab, diagnostics } = await this.checks.check(caller, source);
    return { valid: lab !== undefined, diagnostics, ...(lab && { lab: { slug: lab.slug, title: lab.title } }) };
  }

  async import(caller: Principal, source: Source): Promise<ReplyInputOf<typeof ImportLab>> {
    allowImport(caller);
    const { lab, diagnostics, digest, folder, onPages } = await this.checks.check(caller, source);
    if (!lab) throw invalidLab(diagnostics);
    const wanted = { caller, lab, digest, folder, onPages, expected: source.expected };
    const imported = await this.db.transaction((tx) => this.save(tx, wanted), { repeatable: true });
    return {
      lab: await this.labs.view(caller, imported.entity),
      version: imported.entity.version,
      digest,
      created: imported.created,
      warnings: diagnostics,
    };
  }

  private async save(tx: EntityManager, { caller, lab, digest, folder, onPages, expected }: Wanted) {
    const now = this.clock.now();
    // Two imports of one lab at a time would both find the same newest version.
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`import:${caller.userId}:${lab.slug}`]);
    const existing = await tx.findOneBy(LabEntity, { ownerId: caller.userId, slug: lab.slug, deletedAt: IsNull() });
    const newest =
      existing && (await tx.findOneByOrFail(LabVersionEntity, { labId: existing.id, version: existing.version }));
    refuseConflict(expected, newest ?? undefined, { slug: lab.slug, digest });
    if (existing && newest?.digest === digest) return { entity: existing, created: false };
    const entity = tx.create(LabEntity, {
      ...(existing ?? {
        id: randomUUID(),
        slug: lab.slug,
        ownerId: caller.userId,
        visibility: 'private',
        archived: false,
        createdAt: now,
      }),
      version: (existing?.version ?? 0) + 1,
      title: lab.title,
      summary: lab.summary,
      level: lab.level,
      levelRank: levelRank[lab.level],
      durationS: lab.durationS,
      tags: lab.tags,
      revision: (existing?.revision ?? 0) + 1,
      updatedAt: now,
    });
    await tx.save(entity);
    const { files, source } = folder;
    const version = { labId: entity.id, version: entity.version, digest, title: lab.title, resolved: lab, source };
    await this.versions.add(tx, { ...version, createdById: caller.userId, createdAt: now }, files, onPages);
    await this.outbox.add(tx, LabVersionPublished, { labId: entity.id, version: entity.version, digest });
    const references = imagesOf(lab).filter(({ name }) => !isImageName(name));
    for (const { name, kind } of references) await this.images.addReference(tx, name, kind);
    return { entity, created: true };
  }
}

/** All that is wrong, each at its place: `lab.yaml:12:5 systems[0].image`. */
function invalidLab(diagnostics: readonly Diagnostic[]) {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return new UserError('invalid_lab', {
    status: 422,
    detail: errors.length === 1 ? 'The lab has one mistake.' : `The lab has ${errors.length} mistakes.`,
    errors: errors.map(({ file, line, column, path, message }) => ({
      path: [[file, line, column].filter((part) => part !== undefined).join(':'), path].filter(Boolean).join(' '),
      message,
    })),
  });
}
