import { Column, Entity, PrimaryColumn } from 'typeorm';

export type MemberRole = 'operator' | 'viewer';

/** A person linked to somebody's session. */
@Entity('session_members')
export class SessionMemberEntity {
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId!: string;
  @PrimaryColumn('uuid', { name: 'user_id' }) userId!: string;
  @Column('text', { name: 'display_name' }) displayName!: string;
  @Column('text') role!: MemberRole;
}
