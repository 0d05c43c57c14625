import type { Audience, Principal, Role, Route } from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';

/** Who may call at all; whether this object is theirs is decided by the service that owns it. */
const roles: Record<Exclude<Audience, 'public'>, readonly Role[]> = {
  user: ['learner', 'lecturer', 'admin'],
  staff: ['lecturer', 'admin'],
  admin: ['admin'],
};

/** Throws 403 unless the route is for this role and the API token has the route's scope. */
export function requireAccess({ audience, scope }: Pick<Route, 'audience' | 'scope'>, principal: Principal): void {
  if (audience !== 'public' && !roles[audience].includes(principal.role)) {
    throw new UserError('forbidden', { status: 403, detail: 'You may not do this.' });
  }
  if (principal.via === 'token' && !principal.scopes?.includes(scope)) {
    throw new UserError('scope_missing', { status: 403, detail: `The token does not have the scope ${scope}.` });
  }
}
