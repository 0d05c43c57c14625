import { UserError } from '@lab-orchestrator/platform';

const pattern = /^Bearer ([\w.~+/-]{1,4096}=*)$/i;

/** The token of an Authorization header; undefined when there is none. Any other scheme is refused. */
export function bearerToken(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const token = pattern.exec(header)?.[1];
  if (!token) throw invalidToken();
  return token;
}

/** One answer for every reason: expired, forged, revoked. */
export function invalidToken() {
  return new UserError('invalid_token', { status: 401, detail: 'Please sign in again.' });
}

export function unauthenticated() {
  return new UserError('unauthenticated', { status: 401, detail: 'Please sign in.' });
}
