import type { AuditEntry } from '@lab-orchestrator/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One mutating call. Rows are added and read, never changed: a trigger refuses it. */
@Entity('audit')
export class AuditRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') at!: Date;
  @Column('uuid', { name: 'actor_id', nullable: true }) actorId!: string | null;
  @Column('text', { name: 'actor_name', nullable: true }) actorName!: string | null;
  @Column('text') action!: string;
  @Column('text', { nullable: true }) target!: string | null;
  @Column('text') outcome!: AuditEntry['outcome'];
  @Column('text', { nullable: true }) address!: string | null;
  @Column('text', { name: 'request_id', nullable: true }) requestId!: string | null;
  @Column('jsonb', { nullable: true }) detail!: Record<string, unknown> | null;
}

export function entryOf({ at, ...row }: AuditRow): AuditEntry {
  const present = Object.entries(row).filter(([, value]) => value !== null);
  return { id: row.id, action: row.action, outcome: row.outcome, at: at.toISOString(), ...Object.fromEntries(present) };
}
