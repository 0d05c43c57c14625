import { z } from 'zod';
import { checkOutcomes } from '../instructions/check-outcome.js';
import { PageAnchor } from '../instructions/inlines.js';
import { defineEvent } from '../messaging/event.js';

/** Whose progress: it belongs to one person in one session. */
const progress = { sessionId: z.uuid(), userId: z.uuid() };
const ofLab = { labId: z.uuid(), version: z.int().positive(), courseId: z.uuid().optional() };
const step = { ...progress, ...ofLab, stepId: PageAnchor };
const bySession = (data: { sessionId: string }) => data.sessionId;

/** A step was ticked, all its checks have passed, or it was answered right. `points`: what it earned. */
export const StepCompleted = defineEvent(
  'step.completed.v1',
  z.object({ ...step, points: z.number().min(0) }),
  bySession,
);
/** It counts as not done again: unticked, or opened again by staff. */
export const StepReopened = defineEvent('step.reopened.v1', z.object({ ...step, reopenedById: z.uuid() }), bySession);
export const CheckPassed = defineEvent('check.passed.v1', z.object({ ...step, checkId: PageAnchor }), bySession);
/** Only when its outcome changed or somebody asked for it: a check that runs by itself does not repeat itself. */
export const CheckFailed = defineEvent(
  'check.failed.v1',
  z.object({ ...step, checkId: PageAnchor, outcome: z.enum(checkOutcomes) }),
  bySession,
);
/** Every step of the lab is done. */
export const InstructionCompleted = defineEvent(
  'instruction.completed.v1',
  z.object({ ...progress, ...ofLab, points: z.number().min(0), maxPoints: z.number().min(0) }),
  bySession,
);

export const instructionEvents = [StepCompleted, StepReopened, CheckPassed, CheckFailed, InstructionCompleted] as const;
