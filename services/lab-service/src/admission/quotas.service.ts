import type { Principal, PutQuotaRequest, RequestOf } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { allowQuota } from '../policy/allow.js';
import { AdmissionService } from './admission.service.js';
import { QuotaEntity } from './quota.entity.js';

/** What users, labs and the whole platform may hold at once. */
@Injectable()
export class QuotasService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly admission: AdmissionService,
  ) {}

  async list(caller: Principal) {
    allowQuota(caller, 'read');
    return { items: await this.dataSource.getRepository(QuotaEntity).find({ order: { scope: 'ASC' } }) };
  }

  /** A lower quota takes nothing away from those who hold more; it keeps new sessions waiting. */
  async put(caller: Principal, { scope, sessions, cpus, memoryBytes }: RequestOf<typeof PutQuotaRequest>) {
    allowQuota(caller, 'change');
    const quota = { scope, sessions, cpus, memoryBytes };
    await this.dataSource.getRepository(QuotaEntity).upsert(quota, ['scope']);
    await this.admission.admitWaiting();
    return quota;
  }
}
