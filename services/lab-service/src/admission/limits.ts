import type { EntityManager } from 'typeorm';
import type { Limits, LimitsFor } from './decide.js';
import { QuotaEntity } from './quota.entity.js';

const none: Limits = { sessions: null, cpus: null, memoryBytes: null };

/**
 * Locks the quotas until the transaction ends, so that one decision is made at a time, and reads them.
 * A user's or lab's own row stands in the place of the default.
 */
export async function lockLimits(tx: EntityManager): Promise<LimitsFor> {
  const quotas = await tx.find(QuotaEntity, { order: { scope: 'ASC' }, lock: { mode: 'pessimistic_write' } });
  const rows = new Map(quotas.map((row) => [row.scope, row]));
  const of = (...scopes: string[]): Limits =>
    scopes.map((scope) => rows.get(scope)).find((row) => row !== undefined) ?? none;
  return {
    platform: of('platform'),
    user: (userId) => of(`user:${userId}`, 'user'),
    lab: (labId) => of(`lab:${labId}`, 'lab'),
  };
}
