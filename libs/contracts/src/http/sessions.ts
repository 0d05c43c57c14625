import { z } from 'zod';
import { VariableName } from '../lab-file/lab-file.js';
import { stages } from '../session/observation.js';
import { Reason } from '../session/reason.js';
import { Desired, EndReason, Phase } from '../session/phases.js';
import { DnsLabel } from '../session/session-spec.js';
import { freeText } from './free-text.js';
import { Instant, Paging, QueryFlag } from './paging.js';

export const accessKinds = ['terminal', 'serial', 'desktop', 'web'] as const;

export const SessionSystem = z.strictObject({
  name: DnsLabel,
  title: z.string(),
  kind: z.enum(['container', 'vm']),
  stage: z.enum(stages),
  state: z.enum(['absent', 'starting', 'ready', 'paused', 'stopped', 'broken']),
  percent: z.number().optional(),
  reason: Reason.optional(),
  access: z.array(z.strictObject({ name: DnsLabel, kind: z.enum(accessKinds), title: z.string().optional() })),
  hasCredentials: z.boolean(),
});
export type SessionSystem = z.infer<typeof SessionSystem>;

export const Session = z.strictObject({
  id: z.uuid(),
  lab: z.strictObject({ id: z.uuid(), version: z.int(), title: z.string(), slug: z.string() }),
  ownerId: z.uuid(),
  ownerName: z.string(),
  desired: Desired,
  phase: Phase,
  reason: Reason.optional(),
  endReason: EndReason.optional(),
  queue: z.strictObject({ place: z.int(), estimateS: z.int().optional() }).optional(),
  systems: z.array(SessionSystem),
  createdAt: Instant,
  readyAt: Instant.optional(),
  endedAt: Instant.optional(),
  deadlineAt: Instant,
  idleAt: Instant.optional(),
  extensionsLeft: z.int(),
  extendByS: z.int(),
  canPause: z.boolean(),
  /**
   * What to tell before a pause: containers that begin anew, without their own files, and machines that are shut down,
   * which keep their disks.
   */
  pauseLoses: z.array(DnsLabel),
  /** Machines that a pause freezes, and that are shut down when it lasts that long. Their disks are kept. */
  pauseLosesLater: z.strictObject({ afterS: z.number(), systems: z.array(DnsLabel).min(1) }).optional(),
  /** Usual seconds from start to ready of this lab version, once known. */
  usualStartS: z.number().optional(),
  generation: z.int(),
  /** What the caller may do here. */
  role: z.enum(['owner', 'operator', 'viewer', 'staff']),
});
export type Session = z.infer<typeof Session>;

export const StartSession = z.strictObject({
  labId: z.uuid(),
  version: z.int().positive().optional(),
  variables: z.record(VariableName, freeText(4096)).optional(),
  courseId: z.uuid().optional(),
});
export const ListSessions = Paging.extend({
  state: z.enum(['open', 'ended']).optional(),
  phase: Phase.optional(),
  labId: z.uuid().optional(),
  ownerId: z.uuid().optional(),
  courseId: z.uuid().optional(),
  mine: QueryFlag.optional(),
  search: freeText(100).optional(),
  sort: z.enum(['createdAt', '-createdAt', 'deadlineAt', '-deadlineAt']).default('-createdAt'),
});

export const memberRoles = ['operator', 'viewer'] as const;
export const PutMember = z.strictObject({ role: z.enum(memberRoles) });
export const SessionMember = z.strictObject({ userId: z.uuid(), displayName: z.string(), role: z.enum(memberRoles) });
export const SystemCredentials = z.strictObject({ username: z.string(), password: z.string() });

export const consoleModes = ['control', 'view'] as const;
export const OpenConsole = z.strictObject({
  system: DnsLabel,
  access: DnsLabel,
  mode: z.enum(consoleModes).default('control'),
});
/** `new WebSocket(url, ['lab.' + protocol, 'ticket.' + ticket])`; for `web`: POST the ticket to `url` as form field `ticket`. */
export const ConsoleTicket = z.strictObject({
  url: z.string(),
  protocol: z.enum(accessKinds),
  ticket: z.string(),
  expiresInS: z.int(),
});
export type ConsoleTicket = z.infer<typeof ConsoleTicket>;
/** Close codes of a console's WebSocket. */
export const consoleCloseCodes = {
  ticket: 4401,
  revoked: 4403,
  gone: 4404,
  tooSlow: 4408,
  takenOver: 4409,
  unreachable: 4503,
} as const;

/** Text frames of terminals and serial consoles: control, both ways. Binary frames are the bytes. */
export const ConsoleControl = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('resize'), cols: z.int().min(1).max(1000), rows: z.int().min(1).max(1000) }),
  z.strictObject({ type: z.literal('exit'), code: z.int().nullable() }),
  z.strictObject({
    type: z.literal('viewers'),
    viewers: z.array(z.strictObject({ name: z.string(), mode: z.enum(consoleModes) })),
  }),
  /** What follows until `live` is the replayed screen, not new output. */
  z.strictObject({ type: z.literal('replay') }),
  z.strictObject({ type: z.literal('live') }),
]);
export type ConsoleControl = z.infer<typeof ConsoleControl>;

export const SessionLogEntry = z.strictObject({
  at: Instant,
  text: z.string(),
  code: z.string(),
  actorName: z.string().optional(),
  system: z.string().optional(),
});
export type SessionLogEntry = z.infer<typeof SessionLogEntry>;

export const Quota = z.strictObject({
  scope: z.string(),
  sessions: z.int().nonnegative().nullable(),
  cpus: z.number().nonnegative().nullable(),
  memoryBytes: z.int().nonnegative().nullable(),
});
/** Scopes: `platform`, `user` (each user's default), `user:<id>`, `lab:<id>`. */
export const PutQuota = Quota.omit({ scope: true });
export const QuotaScope = z.string().regex(/^(platform|user|lab|user:[0-9a-f-]{36}|lab:[0-9a-f-]{36})$/);
