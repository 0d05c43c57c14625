import { TransientError } from './transient-error.js';

/** Serialization failure, deadlock, lock timeout: the same transaction succeeds when it runs again. */
const conflictCodes = new Set(['40001', '40P01', '55P03']);
/** The server closed or refused the connection: nothing is wrong with what was asked. */
const connectionCodes = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53400',
  '25P03',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
]);
const connectionTexts =
  /connection terminated|connection ended|not queryable|timeout exceeded when trying to connect|connection error/i;

export const isConflict = (error: unknown) => conflictCodes.has(codeOf(error));

export function isConnectionCut(error: unknown) {
  return connectionCodes.has(codeOf(error)) || (error instanceof Error && connectionTexts.test(error.message));
}

/** Whether the same thing may work later although nobody changes anything. */
export function isTransient(error: unknown) {
  return error instanceof TransientError || isConflict(error) || isConnectionCut(error);
}

/** TypeORM copies the driver's code onto its own error; elsewhere it stands on the cause. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? '' : codeOf(error.cause);
}
