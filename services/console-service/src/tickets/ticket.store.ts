import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Withdrawals } from '../revocation/withdrawals.js';
import { IssuedTicket, type Ticket } from './ticket.js';

export const ticketLifeS = 30;

/** A ticket's text never reaches Redis, so that a reader of Redis cannot use it. */
const keyOf = (text: string) => `lab:console:ticket:${createHash('sha256').update(text).digest('base64url')}`;

/** One-use tickets: issued with a life of 30 s, gone with the first use. */
export class TicketStore {
  constructor(
    private readonly redis: Redis,
    private readonly withdrawals: Withdrawals,
  ) {}

  async issue(ticket: Ticket): Promise<string> {
    const text = randomBytes(32).toString('base64url');
    const issued: IssuedTicket = { ...ticket, issuedMs: Date.now() };
    await this.redis.set(keyOf(text), JSON.stringify(issued), 'EX', ticketLifeS);
    return text;
  }

  /** The ticket, once; undefined when it is unknown, used, too old, or its right was withdrawn since. */
  async redeem(text: string): Promise<IssuedTicket | undefined> {
    if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return undefined;
    const stored = await this.redis.getdel(keyOf(text));
    if (stored === null) return undefined;
    const ticket = IssuedTicket.parse(JSON.parse(stored));
    const { id: userId, familyId } = ticket.user;
    const holder = { sessionId: ticket.sessionId, userId, familyId };
    return (await this.withdrawals.isWithdrawn(holder, ticket.issuedMs)) ? undefined : ticket;
  }
}
