import { z } from 'zod';
import { defineEvent } from '../messaging/event.js';
import { Instant } from '../http/paging.js';
import { systemStates, stages } from '../session/observation.js';
import { Desired, EndReason, Phase } from '../session/phases.js';
import { Reason } from '../session/reason.js';

const session = { sessionId: z.uuid() };
const atGeneration = { ...session, generation: z.int().positive() };
const bySession = (data: { sessionId: string }) => data.sessionId;

/** A session was asked for; admission is not decided yet. */
export const LabRequested = defineEvent(
  'lab.requested.v1',
  z.object({ ...atGeneration, labId: z.uuid(), version: z.int(), ownerId: z.uuid(), courseId: z.uuid().optional() }),
  bySession,
);
/** It waits for quota or capacity. */
export const LabQueued = defineEvent(
  'lab.queued.v1',
  z.object({ ...atGeneration, place: z.int().positive(), estimateS: z.int().optional() }),
  bySession,
);
/** The wish or the phase of a session changed. */
export const LabChanged = defineEvent(
  'lab.changed.v1',
  z.object({ ...atGeneration, desired: Desired, phase: Phase }),
  bySession,
);
/** How far each system is; sent by the provisioner when something moved. */
export const LabProgressed = defineEvent(
  'lab.progressed.v1',
  z.object({
    ...atGeneration,
    systems: z.array(
      z.object({
        name: z.string(),
        state: z.enum(systemStates),
        stage: z.enum(stages),
        percent: z.number().optional(),
        addresses: z.record(z.string(), z.string()).optional(),
        reason: Reason.optional(),
      }),
    ),
  }),
  bySession,
);
/** Every system answers on its access entries. */
export const LabProvisioned = defineEvent('lab.provisioned.v1', z.object(atGeneration), bySession);
/** Hopeless without a change: what broke, and what to do. */
export const LabFailed = defineEvent('lab.failed.v1', z.object({ ...atGeneration, reason: Reason }), bySession);
export const LabPaused = defineEvent('lab.paused.v1', z.object(atGeneration), bySession);
export const LabResumed = defineEvent('lab.resumed.v1', z.object(atGeneration), bySession);
export const LabExtended = defineEvent(
  'lab.extended.v1',
  z.object({ ...atGeneration, deadlineAt: Instant, extensionsLeft: z.int() }),
  bySession,
);
/** The session will end soon: by its deadline, or because nobody uses it. */
export const LabExpiring = defineEvent(
  'lab.expiring.v1',
  z.object({ ...atGeneration, endsAt: Instant, minutesLeft: z.int(), cause: z.enum(['deadline', 'idle']) }),
  bySession,
);
/** Its removal takes unusually long: what holds it, in words. */
export const LabRemovalHeld = defineEvent(
  'lab.removal.held.v1',
  z.object({ ...atGeneration, heldSince: Instant, holders: z.array(z.string()) }),
  bySession,
);
/** Nothing of the session is left in the runtime. */
export const LabEnded = defineEvent('lab.ended.v1', z.object({ ...atGeneration, reason: EndReason }), bySession);
/** People were linked to a session or unlinked from it. */
export const LabMembersChanged = defineEvent(
  'lab.members.changed.v1',
  z.object({ ...session, removedUserIds: z.array(z.uuid()) }),
  bySession,
);

/** A lab has a new content. Its key is the lab, not a session. */
export const LabVersionPublished = defineEvent(
  'lab.version.published.v1',
  z.object({ labId: z.uuid(), version: z.int().positive(), digest: z.string() }),
  ({ labId }) => labId,
);

export const labEvents = [
  LabRequested,
  LabQueued,
  LabChanged,
  LabProgressed,
  LabProvisioned,
  LabFailed,
  LabPaused,
  LabResumed,
  LabExtended,
  LabExpiring,
  LabRemovalHeld,
  LabEnded,
  LabMembersChanged,
  LabVersionPublished,
] as const;
