import type { Desired, EndReason, Phase, Reason, SystemObservation } from '@lab-orchestrator/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintAsNumber } from '../database/columns.js';

/** How far one system is, as last reported. */
export type SystemStatus = Pick<SystemObservation, 'name' | 'state' | 'stage' | 'percent' | 'reason'> & {
  addresses?: Record<string, string> | undefined;
};

@Entity('sessions')
export class SessionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'lab_id' }) labId!: string;
  @Column('integer', { name: 'lab_version' }) labVersion!: number;
  @Column('uuid', { name: 'owner_id' }) ownerId!: string;
  @Column('text', { name: 'owner_name' }) ownerName!: string;
  @Column('uuid', { name: 'course_id', nullable: true }) courseId!: string | null;
  @Column('text') desired!: Desired;
  /** Grows with each change of the wish: reports about an older one change nothing. */
  @Column('integer') generation!: number;
  @Column('text') phase!: Phase;
  @Column('timestamptz', { name: 'phase_since' }) phaseSince!: Date;
  @Column('jsonb', { nullable: true }) reason!: Reason | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason!: EndReason | null;
  @Column('jsonb') systems!: SystemStatus[];
  /** Encrypted; read where a specification or a login is made, and nowhere else. */
  @Column('bytea', { select: false }) variables!: Buffer;
  /** What it needs, counted against quotas while it holds or will hold something. */
  @Column('double precision') cpus!: number;
  @Column('bigint', { name: 'memory_bytes', transformer: bigintAsNumber }) memoryBytes!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  /** Its place in the queue, as last told. */
  @Column('integer', { name: 'queue_place', nullable: true }) queuePlace!: number | null;
  @Column('timestamptz', { name: 'admitted_at', nullable: true }) admittedAt!: Date | null;
  @Column('timestamptz', { name: 'ready_at', nullable: true }) readyAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('timestamptz', { name: 'deadline_at' }) deadlineAt!: Date;
  /** The last warning before the deadline that was given, in minutes. */
  @Column('smallint', { name: 'warned_minutes', nullable: true }) warnedMinutes!: number | null;
  @Column('integer', { name: 'idle_s' }) idleS!: number;
  @Column('timestamptz', { name: 'active_at', nullable: true }) activeAt!: Date | null;
  @Column('boolean', { name: 'idle_warned' }) idleWarned!: boolean;
  @Column('integer', { name: 'extensions_used' }) extensionsUsed!: number;
}
