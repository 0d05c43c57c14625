import type { ResolvedLab } from '@lab-orchestrator/lab-folder';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One imported content of a lab; never changes. */
@Entity('lab_versions')
export class LabVersionEntity {
  @PrimaryColumn('uuid', { name: 'lab_id' }) labId!: string;
  @PrimaryColumn('integer') version!: number;
  @Column('text') digest!: string;
  @Column('text') title!: string;
  @Column('jsonb') resolved!: ResolvedLab;
  /** Where it came from, for people: `archive`, or the repository and commit. */
  @Column('text') source!: string;
  @Column('uuid', { name: 'created_by_id' }) createdById!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
