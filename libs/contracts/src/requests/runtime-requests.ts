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
  /** Whether an administrator may let go of what holds its removal. */
  canForce: z.boolean().optional(),
});
export const ListStuckSessions = defineRequest('provisioner.sessions.stuck', {
  request: z.strictObject({}),
  reply: z.strictObject({ items: z.array(StuckSession) }),
});

/** What a forced removal let go of, and what it could not. */
export const ForcedRemoval = z.strictObject({
  taken: z.array(z.strictObject({ kind: z.string(), name: z.string(), finalizers: z.array(z.string()) })),
  left: z.array(z.string()),
});
/** For administrators only. Each object is in the audit log before its finalizers are taken. */
export const ForceRemoval = defineRequest('provisioner.sessions.forceRemoval', {
  request: z.strictObject({ sessionId: z.uuid() }),
  reply: ForcedRemoval,
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

/** What a command of a check may use at most. */
export const commandLimits = { timeoutMs: 120_000, outputBytes: 65_536, stdinBytes: 262_144 } as const;
/**
 * Runs a command inside a system, one at a time in each; waits for its turn. Whoever asks has decided that it may run.
 * 409 `system_busy` when its turn does not come in time, `session_over` when the session was paused or ended meanwhile.
 */
export const RunCommand = defineRequest('console.commands.run', {
  request: z.strictObject({
    sessionId: z.uuid(),
    system: DnsLabel,
    command: z.array(z.string().max(65_536)).min(1).max(64),
    /** Piped into it. */
    stdin: z.string().max(commandLimits.stdinBytes).optional(),
    timeoutMs: z.int().positive().max(commandLimits.timeoutMs),
    maxOutputBytes: z.int().positive().max(commandLimits.outputBytes),
  }),
  reply: z.strictObject({
    /** null when it did not end by itself. */
    exitCode: z.int().nullable(),
    stdout: z.string(),
    stderr: z.string(),
    timedOut: z.boolean(),
    truncated: z.boolean(),
  }),
});

export const runtimeRequests = [
  GetCapacity,
  RestartSystemSoon,
  ListStuckSessions,
  ForceRemoval,
  IssueTicket,
  RunCommand,
] as const;
