import type { StepDefinition } from '@lab-orchestrator/contracts';
import type { LabInstructions } from '../labs/lab-instructions.store.js';
import { blankStep, type StepRecord } from '../progress/step-record.js';

/** Every step of the lab, as far as somebody is with it. */
export const stepsView = (lab: LabInstructions, records: ReadonlyMap<string, StepRecord> | undefined) =>
  [...lab.steps.values()].map((step) => stepProgress(step, records?.get(step.id) ?? blankStep(step.id)));

const stepProgress = ({ id, page, kind, title, points: maxPoints }: StepDefinition, record: StepRecord) => ({
  id,
  page,
  kind,
  title,
  done: record.doneAt !== null,
  ...(record.doneAt && { doneAt: record.doneAt.toISOString() }),
  points: record.points,
  maxPoints,
  hints: record.hints.length,
  attempts: kind === 'quiz' ? record.attempts : record.runs,
});
