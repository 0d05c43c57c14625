import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('refresh_tokens')
export class RefreshToken {
  @PrimaryColumn('text') hash!: string;
  @Column('uuid', { name: 'family_id' }) familyId!: string;
  /** 0 is the token of the sign-in; each use adds the next. */
  @Column('int') position!: number;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
}
