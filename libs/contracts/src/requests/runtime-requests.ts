import { z } from 'zod';
import { Accepted, Instant } from '../http/paging.js';
import { accessKinds, consoleModes, ConsoleTicket } from '../http/sessions.js';
import { defineRequest } from '../messaging/request.js';
import { Capacity } from '../session/observation.js';
import { AccessSpec, DnsLabel } from '../session/session-spec.js';

/** What the runtime can still take; lab-service asks before it admits. */
export const GetCapacity = defineRequest('provisioner.capacity.get', { request: z.strictObject({}), reply: Capacity });
/** Restarts one system in place, soon. */
export const RestartSystemSoon = defineRequest('provisioner.systems.restart', {
  request: z.strictObject({ sessionId: z.uuid(), system: DnsLabel }),
  reply: Accepted,
});

export const StuckSession = z.strictObject({
  sessionId: z.string(),
  since: Instant,
  what: z.string(),
  cause: z.string(),
  advice: z.string(),
});
export const ListStuckSessions = defineRequest('provisioner.sessions.stuck', {
  request: z.strictObject({}),
  reply: z.strictObject({ items: z.array(StuckSession) }),
});

/** One use, 30 s, bound to user, session, target and Origin; lab-service has authorised it. */
export const IssueTicket = defineRequest('console.tickets.issue', {
  request: z.strictObject({
    sessionId: z.uuid(),
    system: DnsLabel,
    access: AccessSpec,
    kind: z.enum(accessKinds),
    mode: z.enum(consoleModes),
    origin: z.string(),
    user: z.strictObject({
      id: z.uuid(),
      displayName: z.string(),
      role: z.enum(['admin', 'lecturer', 'learner']),
      familyId: z.uuid().optional(),
    }),
  }),
  reply: ConsoleTicket,
});

export const runtimeRequests = [GetCapacity, RestartSystemSoon, ListStuckSessions, IssueTicket] as const;
