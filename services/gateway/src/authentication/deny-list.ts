import { type AccessTokenClaims, accessTokenLifetimeS, type Role } from '@lab-orchestrator/contracts';
import { LRUCache } from 'lru-cache';

/** After this time every token from before the event has expired by itself. */
const keptMs = (accessTokenLifetimeS + 60) * 1000;
const maxEntries = 200_000;

/** Access tokens live ten minutes; what makes them worthless earlier is kept here that long. */
export class DenyList {
  private readonly families = new LRUCache<string, true>({ max: maxEntries, ttl: keptMs });
  private readonly users = new LRUCache<string, number>({ max: maxEntries, ttl: keptMs });
  private readonly roles = new LRUCache<string, { role: Role; since: number }>({ max: maxEntries, ttl: keptMs });

  /** One signed-in browser has ended. */
  denyFamily(familyId: string) {
    this.families.set(familyId, true);
  }

  /** Everything issued to this user up to now. */
  denyUser(userId: string, at: Date) {
    this.users.set(userId, seconds(at));
  }

  /** A token that still says another role is out of date; its owner fetches a new one. */
  expectRole(userId: string, role: Role, at: Date) {
    this.roles.set(userId, { role, since: seconds(at) });
  }

  denies({ sub, fam, iat, role }: Pick<AccessTokenClaims, 'sub' | 'fam' | 'iat' | 'role'>): boolean {
    if (this.families.has(fam)) return true;
    const deniedUntil = this.users.get(sub);
    if (deniedUntil !== undefined && iat <= deniedUntil) return true;
    const expected = this.roles.get(sub);
    return expected !== undefined && expected.role !== role && iat <= expected.since;
  }
}

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
