import type { JWK } from 'jose';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('signing_keys')
export class SigningKey {
  @PrimaryColumn('text') kid!: string;
  @Column('jsonb', { name: 'public_jwk' }) publicJwk!: JWK;
  @Column('bytea', { name: 'private_jwk_encrypted' }) privateJwkEncrypted!: Buffer;
  @Column('timestamptz', { name: 'signs_from' }) signsFrom!: Date;
  /** Null while it is the newest. */
  @Column('timestamptz', { name: 'published_until', nullable: true }) publishedUntil!: Date | null;
}
