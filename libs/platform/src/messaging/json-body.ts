import { UserError } from '../errors/user-error.js';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads a message body. An empty one is `undefined`, so that a schema can decide whether that is valid. */
export function readJson(body: Uint8Array): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(decoder.decode(body));
  } catch {
    throw new UserError('invalid_request', { status: 400, detail: 'The body is not JSON.' });
  }
}
