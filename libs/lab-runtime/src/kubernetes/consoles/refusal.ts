import { z } from 'zod';
import { RuntimeError } from '../../port/runtime-error.js';

const Status = z.object({ message: z.string() });
const maxMessage = 500;

/**
 * What a refused WebSocket means. A console is refused while its pod or virtual machine is on its way (400 "VMI is not
 * running", 404 between two instances, 409 while it is paused, 500 while virt-handler has lost it, 503 while an API
 * service restarts): all of these pass, so the same call may succeed later.
 */
export function refusalOf(status: number, body: string, what: string): RuntimeError {
  const text = `${what}: ${messageOf(body)} (${status})`;
  if (status === 401 || status === 403) return new RuntimeError('insufficient_rights', text, false);
  return new RuntimeError('unreachable', text, true);
}

function messageOf(body: string): string {
  try {
    return Status.parse(JSON.parse(body)).message.slice(0, maxMessage);
  } catch {
    return body.trim().slice(0, maxMessage) || 'no reason given';
  }
}
