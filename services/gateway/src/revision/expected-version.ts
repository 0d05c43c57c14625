import { UserError } from '@lab-orchestrator/platform';
import type { Call } from '../http/call.js';

/** What the caller believes about the lab he imports: the digest in If-Match, or with `If-None-Match: *` that there is none. */
export function expectedVersion({ request: { headers } }: Pick<Call, 'request'>) {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (noneMatch !== undefined && noneMatch !== '*') {
    const errors = [{ path: 'If-None-Match', message: 'expected *' }];
    throw new UserError('invalid_request', { status: 400, detail: 'If-None-Match may only be * here.', errors });
  }
  const digest = match === undefined || match === '*' ? undefined : digestIn(match);
  return {
    ...(digest !== undefined && { digest }),
    ...(noneMatch === '*' && { absent: true as const }),
  };
}

function digestIn(header: string) {
  const digest = /^"([0-9a-f]{64})"$/.exec(header)?.[1];
  if (digest !== undefined) return digest;
  throw new UserError('precondition_failed', {
    status: 412,
    detail: 'If-Match does not name a version of a lab. Read its archive again.',
  });
}
