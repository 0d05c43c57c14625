import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Withdrawals } from '../revocation/withdrawals.js';

/** A web app of a session: the port behind one host name. */
export const AppTarget = z.strictObject({
  sessionId: z.uuid(),
  system: z.string(),
  access: z.string(),
  port: z.int(),
  path: z.string(),
});
export type AppTarget = z.infer<typeof AppTarget>;

/** Who came in with a ticket, at which host, and since when: a visit begins with the issue of its ticket. */
const Visit = z.strictObject({
  host: z.string(),
  sinceMs: z.int(),
  userId: z.uuid(),
  familyId: z.uuid().optional(),
  sessionId: z.uuid(),
  role: z.enum(['admin', 'lecturer', 'learner']),
});
export type Visit = z.infer<typeof Visit>;

const key = (kind: 'host' | 'target' | 'visit', name: string) => `lab:app:${kind}:${name}`;
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');
/** Longer than any session; a host name is never used for another target. */
const lifeS = 7 * 86_400;
export const visitLifeS = 12 * 3_600;

/** Host names of web apps and the visits that may use them. */
export class AppStore {
  constructor(
    private readonly redis: Redis,
    private readonly withdrawals: Withdrawals,
  ) {}

  /** The random label under which this target is served; the same for as long as the session lives. */
  async hostFor(target: AppTarget): Promise<string> {
    const name = key('target', `${target.sessionId}/${target.system}/${target.access}`);
    const fresh = randomBytes(15).toString('hex');
    await this.redis.set(key('host', fresh), JSON.stringify(target), 'EX', lifeS);
    const before = await this.redis.set(name, fresh, 'EX', lifeS, 'NX', 'GET');
    if (before === null) return fresh;
    await this.redis.del(key('host', fresh));
    await this.redis.set(key('host', before), JSON.stringify(target), 'EX', lifeS);
    return before;
  }

  async targetOf(host: string): Promise<AppTarget | undefined> {
    const stored = await this.redis.get(key('host', host));
    return stored === null ? undefined : AppTarget.parse(JSON.parse(stored));
  }

  /** @returns the text of the visit's cookie; only its hash is kept. */
  async enter(visit: Visit): Promise<string> {
    const text = randomBytes(32).toString('base64url');
    await this.redis.set(key('visit', hashOf(text)), JSON.stringify(visit), 'EX', visitLifeS);
    return text;
  }

  /** The visit of a cookie, unless its right was withdrawn since it began. */
  async visitOf(cookie: string): Promise<Visit | undefined> {
    const stored = await this.redis.get(key('visit', hashOf(cookie)));
    if (stored === null) return undefined;
    const visit = Visit.parse(JSON.parse(stored));
    return (await this.withdrawals.isWithdrawn(visit, visit.sinceMs)) ? undefined : visit;
  }
}
