import type { Phase, SessionMember } from '@lab-orchestrator/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { z } from 'zod';

export type Member = z.infer<typeof SessionMember>;

/** What this service knows of a session: a copy of what lab-service says, with the time when it said so. */
@Entity('sessions')
export class SessionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'lab_id' }) labId!: string;
  /** It stays on this version, whatever is imported later. */
  @Column('integer') version!: number;
  @Column('uuid', { name: 'owner_id' }) ownerId!: string;
  @Column('text', { name: 'owner_name' }) ownerName!: string;
  @Column('uuid', { name: 'lab_owner_id' }) labOwnerId!: string;
  @Column('uuid', { name: 'course_id', nullable: true }) courseId!: string | null;
  @Column('jsonb') members!: Member[];
  @Column('integer') generation!: number;
  @Column('text') phase!: Phase;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  /** null: an event told that it is out of date. */
  @Column('timestamptz', { name: 'known_at', nullable: true }) knownAt!: Date | null;
  /** Counts those events: an answer that was asked for before the last one is not stored. */
  @Column('integer') changes!: number;
}
