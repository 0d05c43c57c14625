import type { Principal, Route } from '@lab-orchestrator/contracts';
import type { FastifyRequest } from 'fastify';
import type { NamedRoute } from './route-index.js';

/** What the gateway learns about an API call on its way. */
export interface CallState {
  readonly name: string;
  readonly route: Route;
  principal?: Principal;
  /** The id of what the call created, for the audit log. */
  createdId?: string;
  /** The stable code of the problem it ended in. */
  problemCode?: string;
}

const states = new WeakMap<FastifyRequest, CallState>();

/** As early as possible, so that a call that is refused before any controller is known, too. */
export function beginCall(request: FastifyRequest, { name, route }: NamedRoute): void {
  states.set(request, { name, route });
}

/** Undefined for what is not in the table: the web app, the reference, health. */
export const callStateOf = (request: FastifyRequest): CallState | undefined => states.get(request);
