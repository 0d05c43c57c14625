import type { CompiledInstructions, StepDefinition } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { LabCompiler } from './lab-compiler.js';
import { LabInstructionsEntity } from './lab-instructions.entity.js';

export interface VersionKey {
  labId: string;
  version: number;
}
/** The instructions of one version, ready for use. */
export interface LabInstructions {
  compiled: CompiledInstructions;
  scripts: Readonly<Record<string, string>>;
  /** In their order. */
  steps: ReadonlyMap<string, StepDefinition>;
  maxPoints: number;
}

/** Raise it when the compiler makes something else of the same pages. */
const compiler = 1;

/** Instructions, compiled once for each version. Versions never change, so those in use stay in memory. */
@Injectable()
export class LabInstructionsStore {
  private readonly kept = new LRUCache<string, Promise<LabInstructions>>({ max: 100 });

  constructor(
    private readonly dataSource: DataSource,
    private readonly labs: LabCompiler,
    private readonly clock: Clock,
  ) {}

  /** @throws 404 when there is no such version */
  get({ labId, version }: VersionKey): Promise<LabInstructions> {
    const key = `${labId}/${version}`;
    const kept = this.kept.get(key);
    if (kept) return kept;
    const found = this.load({ labId, version });
    this.kept.set(key, found);
    found.catch(() => this.kept.delete(key));
    return found;
  }

  private async load(key: VersionKey): Promise<LabInstructions> {
    const stored = await this.dataSource.getRepository(LabInstructionsEntity).findOneBy({ ...key, compiler });
    const { compiled, scripts } = stored ?? (await this.compile(key));
    const steps = new Map(compiled.steps.map((step) => [step.id, step]));
    const maxPoints = compiled.steps.reduce((sum, { points }) => sum + points, 0);
    return { compiled, scripts, steps, maxPoints };
  }

  private async compile(key: VersionKey) {
    const { digest, compiled, json, scripts } = await this.labs.compile(key);
    await this.dataSource.query(
      `INSERT INTO instructions (lab_id, version, digest, compiler, compiled, scripts, compiled_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (lab_id, version) DO UPDATE SET digest = excluded.digest, compiler = excluded.compiler,
         compiled = excluded.compiled, scripts = excluded.scripts, compiled_at = excluded.compiled_at`,
      [key.labId, key.version, digest, compiler, json, JSON.stringify(scripts), this.clock.now()],
    );
    return { compiled, scripts };
  }
}
