import { RuntimeError } from '../../port/runtime-error.js';

const away = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);

/** Status of an engine's answer, or undefined when it was not the engine that said no. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

export function isNotFound(error: unknown): boolean {
  return statusOf(error) === 404;
}

/** Somebody else made an object of that name a moment ago. Podman says so with 500. */
export function isConflict(error: unknown): boolean {
  const status = statusOf(error);
  return status === 409 || (status === 500 && /already (in use|exists)|is in use/.test(messageOf(error)));
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Turns what an engine says into the port's error; errors of the port and unknown ones pass unchanged. */
export function asRuntimeError(error: unknown, doing: string): unknown {
  if (error instanceof RuntimeError || !(error instanceof Error) || error.name === 'AbortError') return error;
  const code = 'code' in error ? String(error.code) : '';
  const message = `${doing}: ${error.message.trim()}`;
  const options = { cause: error };
  if (away.has(code) || /socket hang up/.test(error.message)) {
    return new RuntimeError('unreachable', `The container engine does not answer (${message}).`, true, options);
  }
  if (/no space left|ENOSPC|disk quota exceeded/i.test(error.message)) {
    return new RuntimeError('disk_full', `The disk of the container engine is full (${message}).`, true, options);
  }
  const status = statusOf(error);
  if (status === undefined) return error;
  if (status === 404) return new RuntimeError('not_found', message, false, options);
  if (status === 400) return new RuntimeError('invalid_spec', message, false, options);
  return new RuntimeError('unreachable', message, true, options);
}

/** Runs an engine call; what it throws is the port's error. */
export async function translated<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw asRuntimeError(error, doing);
  }
}

/** Like {@link translated}, but an object that is not there is undefined. */
export async function unlessGone<T>(doing: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw asRuntimeError(error, doing);
  }
}
