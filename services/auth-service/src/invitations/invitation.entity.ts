import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A link that was not used yet; a used one is deleted. */
@Entity('invitations')
export class Invitation {
  @PrimaryColumn('text') hash!: string;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
}
