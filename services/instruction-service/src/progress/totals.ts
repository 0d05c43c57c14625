import type { ProgressTotals } from '@lab-orchestrator/contracts';
import type { z } from 'zod';
import type { LabInstructions } from '../labs/lab-instructions.store.js';
import type { Participant } from './progress.store.js';

/** The bar over all pages. */
export const totalsOf = (
  lab: LabInstructions,
  participant: Pick<Participant, 'done' | 'points' | 'completedAt'> | undefined,
): z.input<typeof ProgressTotals> => ({
  steps: lab.steps.size,
  done: participant?.done ?? 0,
  points: participant?.points ?? 0,
  maxPoints: lab.maxPoints,
  ...(participant?.completedAt && { completedAt: participant.completedAt.toISOString() }),
});
