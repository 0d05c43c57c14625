import { apiPrefix, Problem } from '@lab-orchestrator/contracts';
import type { FastifyInstance } from 'fastify';
import type { AuditTrail } from '../audit/audit-trail.js';
import { beginCall, callStateOf } from './call-state.js';
import { routeOf } from './route-index.js';

/** What happens around every API call, also around those that no controller ever sees. */
export function callHooks(fastify: FastifyInstance, audit: AuditTrail): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const found = routeOf(request);
    if (found) beginCall(request, found);
    // Answers of the API are for the one who asked; a route that allows more says so itself.
    if (request.url.startsWith(apiPrefix)) void reply.header('cache-control', 'no-store');
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode === 401) void reply.header('www-authenticate', 'Bearer');
    const state = callStateOf(request);
    if (state && reply.statusCode >= 400 && typeof payload === 'string') state.problemCode = codeIn(payload);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    audit.onAnswered(request, reply);
    done();
  });
}

function codeIn(payload: string): string | undefined {
  try {
    return Problem.safeParse(JSON.parse(payload)).data?.code;
  } catch {
    return undefined;
  }
}
