import type { CloudEvent } from '@lab-orchestrator/contracts';
import { isOfSession } from './event-rights.js';

export interface EventQuery {
  /** Types or beginnings of types: `lab.ready.v1,image.*` */
  readonly types?: string;
  readonly sessionId?: string;
  readonly courseId?: string;
}

/** Whether the reader has asked for events like this one. Courses need a question and are looked at last. */
export function eventFilter({ types, sessionId }: EventQuery): (event: CloudEvent) => boolean {
  const wanted = types?.split(',').flatMap((type) => type.trim() || []);
  return (event) => {
    if (wanted && !wanted.some((pattern) => matches(pattern, event.type))) return false;
    return sessionId === undefined || (isOfSession(event) && event.subject === sessionId);
  };
}

function matches(pattern: string, type: string) {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}
