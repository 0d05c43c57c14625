import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintAsNumber } from '../database/columns.js';

/** What may be held at once in one scope; null is no limit. */
@Entity('quotas')
export class QuotaEntity {
  /** `platform`, `user`, `lab` (the defaults of each), `user:<id>`, `lab:<id>`. */
  @PrimaryColumn('text') scope!: string;
  @Column('integer', { nullable: true }) sessions!: number | null;
  @Column('double precision', { nullable: true }) cpus!: number | null;
  @Column('bigint', { name: 'memory_bytes', nullable: true, transformer: bigintAsNumber }) memoryBytes!: number | null;
}
