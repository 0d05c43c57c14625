import type { Redis } from 'ioredis';

/** Who holds a right: in a session, as somebody, by one sign-in. */
export type Holder = { sessionId: string; userId: string; familyId?: string };
/** What can be withdrawn: from everybody in a session, from somebody everywhere, from one sign-in, or from somebody here. */
export type Withdrawn =
  | { sessionId: string }
  | { userId: string }
  | { familyId: string }
  | { sessionId: string; userId: string };

const keyOf = (what: Partial<Holder>) =>
  `lab:app:revoked:${[what.sessionId, what.userId, what.familyId].map((part) => part ?? '').join('/')}`;

/** Whether somebody is among those from whom it was withdrawn. */
export const isCovered = (holder: Holder, withdrawn: Withdrawn) =>
  (!('sessionId' in withdrawn) || withdrawn.sessionId === holder.sessionId) &&
  (!('userId' in withdrawn) || withdrawn.userId === holder.userId) &&
  (!('familyId' in withdrawn) || withdrawn.familyId === holder.familyId);

/** When rights were withdrawn: tickets and visits that began before that are nothing any more. */
export class Withdrawals {
  /** @param lifeS as long as anything that began before can last */
  constructor(
    private readonly redis: Redis,
    private readonly lifeS: number,
  ) {}

  async add(withdrawn: Withdrawn) {
    await this.redis.set(keyOf(withdrawn), Date.now(), 'EX', this.lifeS);
  }

  async isWithdrawn({ sessionId, userId, familyId }: Holder, sinceMs: number): Promise<boolean> {
    const reasons = [{ sessionId }, { userId }, { sessionId, userId }, ...(familyId ? [{ familyId }] : [])];
    const times = await this.redis.mget(reasons.map(keyOf));
    return times.some((time) => time !== null && Number(time) >= sinceMs);
  }
}
