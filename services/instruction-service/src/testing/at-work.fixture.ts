import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AnswerQuizRequest,
  GetInstructionPage,
  GetInstructionsRequest,
  type Principal,
  PutAnswerRequest,
  type QuizGiven,
  RunCheckRequest,
  TakeHintRequest,
  TickStepRequest,
} from '@lab-orchestrator/contracts';
import { expect, vi } from 'vitest';
import type { Instructions } from './instructions.fixture.js';

/** Somebody at work in a session, as specs need them. */
export const atWork = (rig: Instructions, learner: Principal, sessionId: string) => ({
  sessionId,
  overview: (caller = learner) => rig.ask(GetInstructionsRequest, { sessionId }, caller),
  page: (page: string, caller = learner) => rig.ask(GetInstructionPage, { sessionId, page }, caller),
  tick: (done: boolean, stepId = 'look') => rig.ask(TickStepRequest, { sessionId, stepId, done }, learner),
  check: (stepId = 'reach', more: object = {}) => rig.ask(RunCheckRequest, { sessionId, stepId, ...more }, learner),
  answer: (stepId: string, answer: QuizGiven) => rig.ask(AnswerQuizRequest, { sessionId, stepId, answer }, learner),
  hint: (hint?: string) => rig.ask(TakeHintRequest, { sessionId, stepId: 'reach', ...(hint && { hint }) }, learner),
  fillIn: (name: string, value: string) => rig.ask(PutAnswerRequest, { sessionId, name, value }, learner),
  /** What a check looks for in the sample lab. */
  mark: (name: string) => writeFileSync(join(rig.systems.folder, name), ''),
  async flag() {
    const { page } = await rig.ask(GetInstructionPage, { sessionId, page: '01-start' }, learner);
    return /Your flag is ([0-9a-f]{16})/.exec(JSON.stringify(page))?.[1] ?? 'no flag';
  },
  /** The events about steps of this session, once there are so many. */
  async told(count: number) {
    const own = () => rig.events.filter(({ subject, type }) => subject === sessionId && !type.startsWith('lab.'));
    await vi.waitFor(() => expect(own().length).toBeGreaterThanOrEqual(count), { timeout: 10_000, interval: 20 });
    return own().map(({ type, data }) => [type, data] as const);
  },
});
export type AtWork = ReturnType<typeof atWork>;

/** Nothing is marked, nothing is broken. */
export function freshSystems({ systems }: Instructions) {
  for (const name of ['marker-one', 'marker-two']) rmSync(join(systems.folder, name), { force: true });
  systems.commands.length = 0;
  systems.before = async () => undefined;
}
