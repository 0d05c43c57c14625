import type { ApiToken, Principal } from '@lab-orchestrator/contracts';
import { type RequestContext, UserError } from '@lab-orchestrator/platform';

type Scope = ApiToken['scopes'][number];

/** The signed-in caller. An API token may do what its scopes name; a browser session everything its user may. */
export function callerOf(context: RequestContext, scope: Scope): Principal {
  const principal = context.caller;
  if (principal.via === 'token' && !principal.scopes?.includes(scope)) throw forbidden();
  return principal;
}

/** The caller, if it is an administrator. */
export function adminOf(context: RequestContext): Principal {
  const principal = callerOf(context, 'admin');
  if (principal.role !== 'admin') throw forbidden();
  return principal;
}

function forbidden() {
  return new UserError('forbidden', { status: 403, detail: 'You may not do this.' });
}
