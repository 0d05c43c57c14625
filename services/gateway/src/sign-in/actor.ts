import { AccessTokenClaims } from '@lab-orchestrator/contracts';
import type { FastifyRequest } from 'fastify';
import { callStateOf } from '../http/call-state.js';

/** Who has just signed in did it himself: the audit log names him although the call came without a principal. */
export function nameActor(request: FastifyRequest, claims: unknown): void {
  const state = callStateOf(request);
  const known = AccessTokenClaims.safeParse(claims);
  if (!state || !known.success) return;
  const { sub, username, name, role, fam } = known.data;
  state.principal = { userId: sub, username, displayName: name, role, familyId: fam, via: 'session' };
}
