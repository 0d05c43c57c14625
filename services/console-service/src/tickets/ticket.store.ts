import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Ticket } from './ticket.js';

export const ticketLifeS = 30;

/** A ticket's text never reaches Redis, so that a reader of Redis cannot use it. */
const keyOf = (text: string) => `lab:console:ticket:${createHash('sha256').update(text).digest('base64url')}`;

/** One-use tickets: issued with a life of 30 s, gone with the first use. */
export class TicketStore {
  constructor(private readonly redis: Redis) {}

  async issue(ticket: Ticket): Promise<string> {
    const text = randomBytes(32).toString('base64url');
    await this.redis.set(keyOf(text), JSON.stringify(ticket), 'EX', ticketLifeS);
    return text;
  }

  /** The ticket, once; undefined when it is unknown, used, or too old. */
  async redeem(text: string): Promise<Ticket | undefined> {
    if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return undefined;
    const stored = await this.redis.getdel(keyOf(text));
    return stored === null ? undefined : Ticket.parse(JSON.parse(stored));
  }
}
