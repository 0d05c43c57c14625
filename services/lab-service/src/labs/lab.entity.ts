import { Column, Entity, PrimaryColumn } from 'typeorm';

export type Visibility = 'private' | 'course' | 'public';
export type Level = 'beginner' | 'intermediate' | 'advanced';

/** A lab as people find it: what its newest version says about itself, and who may see it. */
@Entity('labs')
export class LabEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') slug!: string;
  @Column('uuid', { name: 'owner_id' }) ownerId!: string;
  @Column('text') visibility!: Visibility;
  @Column('boolean') archived!: boolean;
  /** The newest version. */
  @Column('integer') version!: number;
  @Column('text') title!: string;
  @Column('text') summary!: string;
  @Column('text') level!: Level;
  /** Sorts levels by difficulty. */
  @Column('smallint', { name: 'level_rank' }) levelRank!: number;
  @Column('integer', { name: 'duration_s' }) durationS!: number;
  @Column('text', { array: true }) tags!: string[];
  @Column('integer') revision!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
  /** Deleted labs stay for the sessions that still run. */
  @Column('timestamptz', { name: 'deleted_at', nullable: true }) deletedAt!: Date | null;
}
