import { UserError } from '@lab-orchestrator/platform';
import type { EntityManager } from 'typeorm';

/**
 * Refuses a change after which nobody could administer the platform. Call it before the change, in its transaction:
 * the rows of all active administrators stay locked until then, so that two who demote each other cannot both succeed.
 */
export async function keepAnAdmin(tx: EntityManager, losingId: string): Promise<void> {
  const admins = await tx.query<Array<{ id: string }>>(
    `SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR UPDATE`,
  );
  const others = admins.filter(({ id }) => id !== losingId);
  const isAdmin = others.length < admins.length;
  if (isAdmin && others.length === 0) {
    throw new UserError('last_admin', { status: 409, detail: 'This is the last administrator.' });
  }
}
