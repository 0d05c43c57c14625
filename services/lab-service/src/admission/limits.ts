import type { EntityManager } from 'typeorm';
import type { Limits, LimitsFor } from './decide.js';
import { QuotaEntity } from './quota.entity.js';

const none: Limits = { sessions: null, cpus: null, memoryBytes: null };

/** The limits of every scope: a user's or lab's own row stands in the place of the default. */
export async function loadLimits(tx: EntityManager): Promise<LimitsFor> {
  const rows = new Map((await tx.find(QuotaEntity)).map((row) => [row.scope, row]));
  const of = (...scopes: string[]): Limits =>
    scopes.map((scope) => rows.get(scope)).find((row) => row !== undefined) ?? none;
  return {
    platform: of('platform'),
    user: (userId) => of(`user:${userId}`, 'user'),
    lab: (labId) => of(`lab:${labId}`, 'lab'),
  };
}
