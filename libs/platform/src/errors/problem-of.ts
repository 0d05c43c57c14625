import { STATUS_CODES } from 'node:http';
import type { Problem } from '@lab-orchestrator/contracts';
import { HttpException } from '@nestjs/common';
import { isTransient } from './is-transient.js';
import { TransientError } from './transient-error.js';
import { UserError } from './user-error.js';

/**
 * What the caller may know about an error. A bug tells nothing but the request id: its message may hold a secret.
 * @param error whatever was thrown
 */
export function problemOf(error: unknown, requestId?: string): Problem {
  if (error instanceof UserError) {
    const { code, status, detail, errors, retryAfterS } = error;
    return problem({ status, code, detail, errors, retryAfterS, requestId });
  }
  if (isTransient(error)) {
    const detail = 'The service is busy or restarting. Please try again.';
    const retryAfterS = error instanceof TransientError ? error.retryAfterS : 1;
    return problem({ status: 503, code: 'temporarily_unavailable', detail, retryAfterS, requestId });
  }
  const status = clientStatusOf(error);
  if (status) return problem({ status, code: codeOf(status), detail: titleOf(status), requestId });
  return problem({ status: 500, code: 'internal_error', detail: 'Something went wrong on our side.', requestId });
}

/** Neither the caller's fault nor a passing outage: someone has to look at it. */
export function isBug(error: unknown) {
  return problemOf(error).code === 'internal_error';
}

function problem(fields: Omit<Problem, 'type' | 'title'>): Problem {
  const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { type: 'about:blank', title: titleOf(fields.status), ...fields, ...known };
}

/** Nest and Fastify refuse unknown routes, oversized bodies and broken JSON with errors of their own. */
function clientStatusOf(error: unknown) {
  if (error instanceof HttpException) return error.getStatus() < 500 ? error.getStatus() : undefined;
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined;
  return error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : undefined;
}

const titleOf = (status: number) => STATUS_CODES[status] ?? 'Error';
const namedCodes: Record<number, string> = {
  400: 'invalid_request',
  401: 'unauthenticated',
  404: 'not_found',
  413: 'too_large',
};
const codeOf = (status: number) =>
  namedCodes[status] ??
  titleOf(status)
    .toLowerCase()
    .replace(/[^a-z]+/g, '_');
