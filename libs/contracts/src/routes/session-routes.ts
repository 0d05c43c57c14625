import { z } from 'zod';
import { Accepted, Nothing, pageOf } from '../http/paging.js';
import * as sessions from '../http/sessions.js';
import { ForcedRemoval, StuckSession } from '../requests/runtime-requests.js';
import { Capacity } from '../session/observation.js';
import { DnsLabel } from '../session/session-spec.js';
import { defineRoute } from './route.js';

const sessionId = z.strictObject({ sessionId: z.uuid() });
const member = sessionId.extend({ userId: z.uuid() });
const system = sessionId.extend({ system: DnsLabel });
const read = { tag: 'Sessions', audience: 'user', params: sessionId } as const;
const act = { ...read, scope: 'sessions', status: 202, reply: Accepted } as const;
const operate = { tag: 'Operation', audience: 'admin', scope: 'admin' } as const;

export const sessionRoutes = {
  startSession: defineRoute('POST', '/sessions', {
    tag: 'Sessions',
    audience: 'user',
    scope: 'sessions',
    summary: 'Start a lab',
    status: 201,
    body: sessions.StartSession,
    reply: sessions.Session,
  }),
  listSessions: defineRoute('GET', '/sessions', {
    tag: 'Sessions',
    audience: 'user',
    summary: 'Sessions you may see',
    query: sessions.ListSessions,
    reply: pageOf(sessions.Session),
  }),
  getSession: defineRoute('GET', '/sessions/{sessionId}', { ...read, summary: 'One session', reply: sessions.Session }),
  pauseSession: defineRoute('POST', '/sessions/{sessionId}/pause', { ...act, summary: 'Freeze its systems' }),
  resumeSession: defineRoute('POST', '/sessions/{sessionId}/resume', { ...act, summary: 'Go on where it was frozen' }),
  extendSession: defineRoute('POST', '/sessions/{sessionId}/extend', {
    ...act,
    summary: "Move the deadline by the lab's rule",
  }),
  endSession: defineRoute('POST', '/sessions/{sessionId}/end', {
    ...act,
    summary: 'End it and remove everything of it',
  }),
  retrySession: defineRoute('POST', '/sessions/{sessionId}/retry', { ...act, summary: 'Try a failed session again' }),
  restartSystem: defineRoute('POST', '/sessions/{sessionId}/systems/{system}/restart', {
    ...act,
    params: system,
    summary: 'Restart one system',
  }),
  listMembers: defineRoute('GET', '/sessions/{sessionId}/members', {
    ...read,
    summary: 'People linked to it',
    reply: z.strictObject({ items: z.array(sessions.SessionMember) }),
  }),
  putMember: defineRoute('PUT', '/sessions/{sessionId}/members/{userId}', {
    ...read,
    params: member,
    scope: 'sessions',
    summary: 'Link a person',
    body: sessions.PutMember,
    reply: sessions.SessionMember,
  }),
  deleteMember: defineRoute('DELETE', '/sessions/{sessionId}/members/{userId}', {
    ...read,
    params: member,
    scope: 'sessions',
    summary: 'Unlink a person',
    reply: Nothing,
  }),
  getCredentials: defineRoute('GET', '/sessions/{sessionId}/systems/{system}/credentials', {
    ...read,
    params: system,
    scope: 'sessions',
    summary: 'The login of a system',
    reply: sessions.SystemCredentials,
  }),
  openConsole: defineRoute('POST', '/sessions/{sessionId}/consoles', {
    ...read,
    scope: 'sessions',
    summary: 'A one-use ticket for a console',
    body: sessions.OpenConsole,
    reply: sessions.ConsoleTicket,
  }),
  getSessionLog: defineRoute('GET', '/sessions/{sessionId}/log', {
    ...read,
    summary: 'What happened, in words',
    reply: z.strictObject({ items: z.array(sessions.SessionLogEntry) }),
  }),
  events: defineRoute('GET', '/events', {
    tag: 'Events',
    audience: 'user',
    summary: 'Live events (Server-Sent Events); Last-Event-ID resumes, a gap is told by an event `reset`',
    query: z.strictObject({
      types: z.string().max(1000).optional(),
      sessionId: z.uuid().optional(),
      courseId: z.uuid().optional(),
    }),
    reply: Nothing,
    media: { reply: 'text/event-stream' },
  }),
  listQuotas: defineRoute('GET', '/quotas', {
    ...operate,
    summary: 'Quotas',
    reply: z.strictObject({ items: z.array(sessions.Quota) }),
  }),
  putQuota: defineRoute('PUT', '/quotas/{scope}', {
    ...operate,
    summary: 'Set a quota; null lifts it',
    params: z.strictObject({ scope: sessions.QuotaScope }),
    body: sessions.PutQuota,
    reply: sessions.Quota,
  }),
  getCapacity: defineRoute('GET', '/capacity', {
    ...operate,
    summary: 'What the runtime can still take',
    reply: Capacity,
  }),
  listStuckSessions: defineRoute('GET', '/admin/sessions/stuck', {
    ...operate,
    summary: 'Sessions that do not move, and why',
    reply: z.strictObject({ items: z.array(StuckSession) }),
  }),
  forceRemoval: defineRoute('POST', '/sessions/{sessionId}/force-removal', {
    ...operate,
    params: sessionId,
    summary: 'Take the finalizers from what holds the removal of a session for longer than five minutes',
    reply: ForcedRemoval,
  }),
} as const;
