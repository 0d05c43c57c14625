import { z } from 'zod';
import { Accepted, Instant, Nothing, pageOf } from '../http/paging.js';
import * as sessions from '../http/sessions.js';
import { defineRequest } from '../messaging/request.js';
import { Desired, EndReason, Phase } from '../session/phases.js';
import { DnsLabel, SessionSpec } from '../session/session-spec.js';

const bySession = { sessionId: z.uuid() };
const BySession = z.strictObject(bySession);

export const StartSessionRequest = defineRequest('lab.sessions.start', {
  request: sessions.StartSession,
  reply: sessions.Session,
});
export const ListSessionsRequest = defineRequest('lab.sessions.list', {
  request: sessions.ListSessions,
  reply: pageOf(sessions.Session),
});
export const GetSession = defineRequest('lab.sessions.get', { request: BySession, reply: sessions.Session });
export const PauseSession = defineRequest('lab.sessions.pause', { request: BySession, reply: Accepted });
export const ResumeSession = defineRequest('lab.sessions.resume', { request: BySession, reply: Accepted });
export const ExtendSession = defineRequest('lab.sessions.extend', { request: BySession, reply: Accepted });
export const EndSession = defineRequest('lab.sessions.end', { request: BySession, reply: Accepted });
export const RetrySession = defineRequest('lab.sessions.retry', { request: BySession, reply: Accepted });
export const RestartSystem = defineRequest('lab.sessions.restartSystem', {
  request: z.strictObject({ ...bySession, system: DnsLabel }),
  reply: Accepted,
});

export const ListMembers = defineRequest('lab.members.list', {
  request: BySession,
  reply: z.strictObject({ items: z.array(sessions.SessionMember) }),
});
export const PutMemberRequest = defineRequest('lab.members.put', {
  request: sessions.PutMember.extend({ ...bySession, userId: z.uuid() }),
  reply: sessions.SessionMember,
});
export const DeleteMember = defineRequest('lab.members.delete', {
  request: z.strictObject({ ...bySession, userId: z.uuid() }),
  reply: Nothing,
});

export const GetCredentials = defineRequest('lab.sessions.credentials', {
  request: z.strictObject({ ...bySession, system: DnsLabel }),
  reply: sessions.SystemCredentials,
});
/** `origin`: the page that asks, bound into the ticket. */
export const OpenConsoleRequest = defineRequest('lab.sessions.openConsole', {
  request: sessions.OpenConsole.extend({ ...bySession, origin: z.string() }),
  reply: sessions.ConsoleTicket,
});
export const GetSessionLog = defineRequest('lab.sessions.log', {
  request: BySession,
  reply: z.strictObject({ items: z.array(sessions.SessionLogEntry) }),
});

/** For the provisioner: what is wanted now. `spec` is absent once the session shall end; 404 when it never existed. */
export const GetDesiredSession = defineRequest('lab.sessions.desired', {
  request: BySession,
  reply: z.strictObject({
    ...bySession,
    desired: Desired,
    generation: z.int().positive(),
    phase: Phase,
    endReason: EndReason.optional(),
    spec: SessionSpec.optional(),
  }),
});
/** For the sweeper: every session that is not ended, page by page, by id. */
export const ListOpenSessionIds = defineRequest('lab.sessions.openIds', {
  request: z.strictObject({ after: z.uuid().optional(), limit: z.int().min(1).max(1000).default(1000) }),
  reply: z.strictObject({ sessionIds: z.array(z.uuid()) }),
});
/** For orphan collection: which of these are not open (never existed, or ended). */
export const FindClosedSessions = defineRequest('lab.sessions.findClosed', {
  request: z.strictObject({ sessionIds: z.array(z.uuid()).max(1000) }),
  reply: z.strictObject({ sessionIds: z.array(z.uuid()) }),
});
/** For the event stream of the gateway: who may see the events of a session. */
export const GetAudience = defineRequest('lab.sessions.audience', {
  request: BySession,
  reply: z.strictObject({
    ownerId: z.uuid(),
    memberIds: z.array(z.uuid()),
    /** The lecturer whose lab it is. */
    labOwnerId: z.uuid().optional(),
    courseId: z.uuid().optional(),
  }),
});
/** For the instruction service: what decides who may see and do what in a session's instructions. */
export const GetSessionFacts = defineRequest('lab.sessions.facts', {
  request: BySession,
  reply: z.strictObject({
    ...bySession,
    labId: z.uuid(),
    version: z.int().positive(),
    ownerId: z.uuid(),
    ownerName: z.string(),
    /** The lecturer whose lab it is. */
    labOwnerId: z.uuid(),
    courseId: z.uuid().optional(),
    members: z.array(sessions.SessionMember),
    generation: z.int().positive(),
    phase: Phase,
    createdAt: Instant,
  }),
});
/** For the instruction service: the values of this session's variables. With its secrets: for its people only, and never kept. */
export const GetSessionValues = defineRequest('lab.sessions.values', {
  request: BySession,
  reply: z.strictObject({
    user: z.strictObject({ id: z.uuid(), name: z.string() }),
    variables: z.record(z.string(), z.strictObject({ value: z.string(), secret: z.boolean() })),
    /** By system, on the first of its networks that has one; missing while it is not known. */
    addresses: z.record(DnsLabel, z.string()),
  }),
});
/** From the console service, throttled: somebody works in this session. */
export const ReportActivity = defineRequest('lab.sessions.active', { request: BySession, reply: Nothing });
/** From the console service, now and then: which of these viewers have lost their right (index in the list). */
export const CheckViewers = defineRequest('lab.sessions.checkViewers', {
  request: z.strictObject({
    viewers: z
      .array(
        z.strictObject({
          ...bySession,
          userId: z.uuid(),
          role: z.enum(['admin', 'lecturer', 'learner']),
          mode: z.enum(sessions.consoleModes),
        }),
      )
      .max(1000),
  }),
  reply: z.strictObject({ revoked: z.array(z.int().nonnegative()) }),
});

export const ListQuotas = defineRequest('lab.quotas.list', {
  request: Nothing,
  reply: z.strictObject({ items: z.array(sessions.Quota) }),
});
export const PutQuotaRequest = defineRequest('lab.quotas.put', {
  request: sessions.PutQuota.extend({ scope: sessions.QuotaScope }),
  reply: sessions.Quota,
});

export const sessionRequests = [
  StartSessionRequest,
  ListSessionsRequest,
  GetSession,
  PauseSession,
  ResumeSession,
  ExtendSession,
  EndSession,
  RetrySession,
  RestartSystem,
  ListMembers,
  PutMemberRequest,
  DeleteMember,
  GetCredentials,
  OpenConsoleRequest,
  GetSessionLog,
  GetDesiredSession,
  ListOpenSessionIds,
  FindClosedSessions,
  GetAudience,
  GetSessionFacts,
  GetSessionValues,
  ReportActivity,
  CheckViewers,
  ListQuotas,
  PutQuotaRequest,
] as const;
