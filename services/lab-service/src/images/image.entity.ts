import type { Image, ImageSource, Reason } from '@lab-orchestrator/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintAsNumber } from '../database/columns.js';

@Entity('images')
export class ImageEntity {
  /** The same id always means the same bytes. */
  @PrimaryColumn('text') id!: string;
  @Column('text') name!: string;
  @Column('text') title!: string;
  @Column('text') kind!: Image['kind'];
  /** Null until the disk of an upload has come. */
  @Column('jsonb', { nullable: true }) source!: ImageSource | null;
  @Column('text') state!: Image['state'];
  @Column('real', { nullable: true }) percent!: number | null;
  @Column('bigint', { name: 'size_bytes', nullable: true, transformer: bigintAsNumber }) sizeBytes!: number | null;
  @Column('jsonb', { nullable: true }) reason!: Reason | null;
  /** Null for those that come with the platform. */
  @Column('uuid', { name: 'owner_id', nullable: true }) ownerId!: string | null;
  /** False for references that an admin's lab names directly: they have no place on the list. */
  @Column('boolean') listed!: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt!: Date | null;
}
