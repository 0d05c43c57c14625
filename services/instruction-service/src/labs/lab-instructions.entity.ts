import type { CompiledInstructions } from '@lab-orchestrator/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the pages of a lab version were compiled to. */
@Entity('instructions')
export class LabInstructionsEntity {
  @PrimaryColumn('uuid', { name: 'lab_id' }) labId!: string;
  @PrimaryColumn('integer') version!: number;
  @Column('text') digest!: string;
  /** By which compiler; another one compiles again. */
  @Column('integer') compiler!: number;
  @Column('jsonb') compiled!: CompiledInstructions;
  /** Scripts that checks pipe into systems, by path. */
  @Column('jsonb') scripts!: Record<string, string>;
  @Column('timestamptz', { name: 'compiled_at' }) compiledAt!: Date;
}
