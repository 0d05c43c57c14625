import { randomUUID } from 'node:crypto';
import type { AuditEntry, Route } from '@lab-orchestrator/contracts';
import type { CallState } from '../http/call-state.js';

export interface AnsweredCall {
  readonly state: CallState;
  readonly params: unknown;
  readonly status: number;
  readonly address: string;
  readonly requestId: string;
}

/** Read-only, and still worth knowing who did it. */
const alsoAudited = new Set(['getCredentials']);

/** Whether a call leaves a row: everything that may change something, allowed or not. */
export function isAudited({ name, route }: { name: string; route: Pick<Route, 'method'> }): boolean {
  return route.method !== 'GET' || alsoAudited.has(name);
}

/** What is written down: names and ids, never what was sent; there may be a password in it. */
export function auditEntryOf({ state, params, status, address, requestId }: AnsweredCall, at: Date): AuditEntry {
  const { principal, createdId, problemCode } = state;
  const target = targetOf(state.route.path, params, createdId);
  return {
    id: randomUUID(),
    at: at.toISOString(),
    ...(principal && { actorId: principal.userId, actorName: principal.username }),
    action: state.name,
    ...(target !== undefined && { target }),
    outcome: status < 400 ? 'ok' : status < 500 ? 'refused' : 'failed',
    address,
    requestId,
    detail: {
      status,
      ...(problemCode !== undefined && { code: problemCode }),
      ...(principal && { via: principal.via }),
    },
  };
}

/** `/sessions/{sessionId}/members/{userId}` → `sessions/1f…/members/7a…`; values from outside are kept short. */
function targetOf(path: string, params: unknown, createdId: string | undefined): string | undefined {
  const values = Object.entries(typeof params === 'object' && params !== null ? params : {});
  const filled = values.reduce((text, [name, value]) => text.replace(`{${name}}`, String(value).slice(0, 64)), path);
  if (createdId !== undefined) return `${filled.slice(1)}/${createdId}`;
  return values.length > 0 ? filled.slice(1, 300) : undefined;
}
