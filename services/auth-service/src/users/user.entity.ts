import type { Role, User as UserView } from '@lab-orchestrator/contracts';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('users')
export class User {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('text') username!: string;
  @Column('text', { name: 'display_name' }) displayName!: string;
  @Column('text', { nullable: true }) email!: string | null;
  @Column('text') role!: Role;
  /** Null until an invitation is accepted. */
  @Column('text', { name: 'password_hash', nullable: true }) passwordHash!: string | null;
  @Column('timestamptz', { name: 'disabled_at', nullable: true }) disabledAt!: Date | null;
  @Column('jsonb', { default: {} }) preferences!: UserView['preferences'];
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'last_login_at', nullable: true }) lastLoginAt!: Date | null;
}

/** The person as the API shows it. */
export function viewOf(user: User): UserView {
  return {
    id: user.id,
    username: user.username,
    displayName: user.displayName,
    ...(user.email !== null && { email: user.email }),
    role: user.role,
    disabled: user.disabledAt !== null,
    preferences: user.preferences,
    createdAt: user.createdAt.toISOString(),
    ...(user.lastLoginAt && { lastLoginAt: user.lastLoginAt.toISOString() }),
  };
}
