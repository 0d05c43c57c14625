import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';

/** A web app of a session: the port behind one host name. */
export const AppTarget = z.strictObject({
  sessionId: z.uuid(),
  system: z.string(),
  access: z.string(),
  port: z.int(),
  path: z.string(),
});
export type AppTarget = z.infer<typeof AppTarget>;

/** Who came in with a ticket, at which host. */
const Visit = z.strictObject({
  host: z.string(),
  sinceMs: z.int(),
  userId: z.uuid(),
  familyId: z.uuid().optional(),
  sessionId: z.uuid(),
  role: z.enum(['admin', 'lecturer', 'learner']),
});
export type Visit = z.infer<typeof Visit>;

const key = (kind: 'host' | 'target' | 'visit' | 'revoked', name: string) => `lab:app:${kind}:${name}`;
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');
/** Longer than any session; a host name is never used for another target. */
/** What can end a visit early, each under its own name. */
export type Revoked =
  | { sessionId: string }
  | { userId: string }
  | { familyId: string }
  | { sessionId: string; userId: string };
const revokedKey = (what: { sessionId?: string; userId?: string; familyId?: string }) =>
  key('revoked', [what.sessionId, what.userId, what.familyId].map((part) => part ?? '').join('/'));
const lifeS = 7 * 86_400;
const visitLifeS = 12 * 3_600;

/** Host names of web apps and the visits that may use them. */
export class AppStore {
  constructor(private readonly redis: Redis) {}

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
  async enter(visit: Omit<Visit, 'sinceMs'>): Promise<string> {
    const text = randomBytes(32).toString('base64url');
    await this.redis.set(
      key('visit', hashOf(text)),
      JSON.stringify({ ...visit, sinceMs: Date.now() }),
      'EX',
      visitLifeS,
    );
    return text;
  }

  /** The visit of a cookie, unless it was revoked since it began. */
  async visitOf(cookie: string): Promise<Visit | undefined> {
    const stored = await this.redis.get(key('visit', hashOf(cookie)));
    if (stored === null) return undefined;
    const visit = Visit.parse(JSON.parse(stored));
    const { sessionId, userId, familyId } = visit;
    const reasons = [{ sessionId }, { userId }, { sessionId, userId }, ...(familyId ? [{ familyId }] : [])];
    const times = await this.redis.mget(reasons.map(revokedKey));
    return times.some((time) => time !== null && Number(time) >= visit.sinceMs) ? undefined : visit;
  }

  /** Every visit that began before now and is covered by this stops being one. */
  async revoke(what: Revoked) {
    await this.redis.set(revokedKey(what), Date.now(), 'EX', visitLifeS);
  }
}
