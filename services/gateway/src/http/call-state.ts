import type { Principal, Route } from '@lab-orchestrator/contracts';
import type { FastifyRequest } from 'fastify';

/** A route of the table and the name it has there. */
export interface NamedRoute {
  readonly name: string;
  readonly route: Route;
}

/** What the gateway learns about a request on its way. */
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

export function beginCall(request: FastifyRequest, { name, route }: NamedRoute): CallState {
  const state = { name, route };
  states.set(request, state);
  return state;
}

/** Undefined for what is not in the table: the web app, the reference, health. */
export const callStateOf = (request: FastifyRequest): CallState | undefined => states.get(request);
