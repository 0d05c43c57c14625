import { z } from 'zod';

/** The phases of a session, in the order a normal life passes them. */
export const phases = [
  'requested',
  'queued',
  'provisioning',
  'ready',
  'pausing',
  'paused',
  'resuming',
  'failed',
  'ending',
  'ended',
] as const;
export const Phase = z.enum(phases);
export type Phase = z.infer<typeof Phase>;

/** What is wanted of a session; the phase follows. */
export const desiredStates = ['running', 'paused', 'ended'] as const;
export const Desired = z.enum(desiredStates);
export type Desired = z.infer<typeof Desired>;

/** Which phase may follow which. Service, tests and web read this one table. */
export const nextPhases = {
  requested: ['queued', 'provisioning', 'ending'],
  queued: ['provisioning', 'ending'],
  provisioning: ['ready', 'failed', 'ending'],
  ready: ['pausing', 'ending', 'failed', 'provisioning'],
  pausing: ['paused', 'failed', 'ending'],
  paused: ['resuming', 'ending'],
  resuming: ['ready', 'failed', 'ending'],
  failed: ['provisioning', 'ending'],
  ending: ['ended'],
  ended: [],
} as const satisfies Record<Phase, readonly Phase[]>;

/** Whether a session may move from one phase to another. */
export const canMove = (from: Phase, to: Phase): boolean => new Set<Phase>(nextPhases[from]).has(to);

/** Phases that come directly before `to`: what an update guards with in its WHERE. */
export const phasesBefore = (to: Phase): Phase[] => phases.filter((from) => canMove(from, to));

/** Phases in which the session still holds or will hold something. */
export const openPhases = phases.filter((phase) => phase !== 'ended');

/** Why a session ended. */
export const endReasons = ['user', 'expired', 'idle', 'lecturer', 'admin', 'failed'] as const;
export const EndReason = z.enum(endReasons);
export type EndReason = z.infer<typeof EndReason>;
