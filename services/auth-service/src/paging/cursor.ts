import { UserError } from '@lab-orchestrator/platform';
import { z } from 'zod';

const Position = z.tuple([z.string().max(300), z.uuid()]);

/** Where the next page of a list begins: sort value and id of the last row. Opaque to callers. */
export function writeCursor(value: string, id: string): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

export function readCursor(cursor: string): { value: string; id: string } {
  try {
    const [value, id] = Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { value, id };
  } catch {
    const message = 'is not a cursor of this list';
    throw new UserError('invalid_request', {
      status: 400,
      detail: `cursor: ${message}`,
      errors: [{ path: 'cursor', message }],
    });
  }
}
