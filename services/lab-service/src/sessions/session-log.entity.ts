import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One line of what happened to a session, in words. */
@Entity('session_log')
export class SessionLogEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id!: string;
  @Column('uuid', { name: 'session_id' }) sessionId!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') code!: string;
  @Column('text') text!: string;
  @Column('text', { name: 'actor_name', nullable: true }) actorName!: string | null;
  @Column('text', { nullable: true }) system!: string | null;
}
