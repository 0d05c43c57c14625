import {
  AnswerQuizRequest,
  ExportProgressRequest,
  GetInstructionPage,
  GetInstructionsRequest,
  GetSessionProgress,
  instructionRequests,
  ListProgressRequest,
  type Principal,
  PutAnswerRequest,
  PutMemberRequest,
  DeleteMember,
  ReopenStepRequest,
  RunCheckRequest,
  TakeHintRequest,
  TickStepRequest,
} from '@lab-orchestrator/contracts';
import { person } from '@lab-orchestrator/lab-service/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PublishedLab } from './testing/lab-at-work.fixture.js';

const lab = new PublishedLab();

let sessionId: string;
const { lecturer } = lab;
const [stranger, admin] = [person('lecturer', 'Eve'), person('admin', 'Root')];
let owner: Principal;
let operator: Principal;
let viewer: Principal;

beforeEach(async () => {
  [owner, operator, viewer] = [person('learner', 'Ada'), person('learner', 'Bob'), person('learner', 'Cem')];
  lab.rig.labs.neighbours.users = [operator, viewer].map(({ userId: id, username, displayName }) => ({
    id,
    username,
    displayName,
  }));
  sessionId = await lab.rig.session(owner, lab.labId);
  await lab.rig.labs.ask(PutMemberRequest, { sessionId, userId: operator.userId, role: 'operator' }, owner);
  await lab.rig.labs.ask(PutMemberRequest, { sessionId, userId: viewer.userId, role: 'viewer' }, owner);
});

const step = { stepId: 'reach' };
/** Every request of this service, as somebody makes it. */
const requests: Array<[string, (caller: Principal | undefined, of: string) => Promise<unknown>]> = [
  [GetInstructionsRequest.subject, (caller, of) => lab.rig.ask(GetInstructionsRequest, { sessionId: of }, caller)],
  [
    GetInstructionPage.subject,
    (caller, of) => lab.rig.ask(GetInstructionPage, { sessionId: of, page: '01-start' }, caller),
  ],
  [
    TickStepRequest.subject,
    (caller, of) => lab.rig.ask(TickStepRequest, { sessionId: of, stepId: 'look', done: true }, caller),
  ],
  [RunCheckRequest.subject, (caller, of) => lab.rig.ask(RunCheckRequest, { sessionId: of, ...step }, caller)],
  [
    AnswerQuizRequest.subject,
    (caller, of) => lab.rig.ask(AnswerQuizRequest, { sessionId: of, stepId: 'ttl', answer: '1' }, caller),
  ],
  [TakeHintRequest.subject, (caller, of) => lab.rig.ask(TakeHintRequest, { sessionId: of, ...step }, caller)],
  [ReopenStepRequest.subject, (caller, of) => lab.rig.ask(ReopenStepRequest, { sessionId: of, ...step }, caller)],
  [
    PutAnswerRequest.subject,
    (caller, of) => lab.rig.ask(PutAnswerRequest, { sessionId: of, name: 'colour', value: 'red' }, caller),
  ],
  [GetSessionProgress.subject, (caller, of) => lab.rig.ask(GetSessionProgress, { sessionId: of }, caller)],
  [ListProgressRequest.subject, (caller) => lab.rig.ask(ListProgressRequest, {}, caller)],
  [ExportProgressRequest.subject, (caller) => lab.rig.ask(ExportProgressRequest, {}, caller)],
];
const verbs = requests.map(([subject]) => subject.replace('instruction.', ''));

const outcomes = async (caller: Principal | undefined, of = sessionId) => {
  const result: Record<string, unknown> = {};
  for (const [index, [, request]] of requests.entries())
    result[verbs[index] ?? ''] = await request(caller, of).then(
      () => 'ok',
      (error: unknown) => Reflect.get(Object(error), 'status'),
    );
  return result;
};
const all = (value: unknown) => Object.fromEntries(verbs.map((verb) => [verb, value]));
const overviews = (value: unknown) => ({ 'progress.list': value, 'progress.export': value });
const pages = { 'pages.list': 'ok', 'pages.get': 'ok' };

it('asks every request of the service', () => {
  expect(requests.map(([subject]) => subject).toSorted()).toEqual(
    instructionRequests.map(({ subject }) => subject).toSorted(),
  );
});

describe('S6: who may do what with the instructions of a session', () => {
  it.each<[string, () => Principal | undefined, Record<string, unknown>]>([
    ['the owner', () => owner, { ...all('ok'), 'steps.reopen': 403, ...overviews(403) }],
    ['an operator', () => operator, { ...all('ok'), 'steps.reopen': 403, 'progress.get': 403, ...overviews(403) }],
    ['a viewer', () => viewer, { ...all(403), ...pages }],
    [
      'the lecturer of the lab',
      () => lecturer,
      { ...all(403), ...pages, 'steps.reopen': 'ok', 'progress.get': 'ok', ...overviews('ok') },
    ],
    [
      'an admin',
      () => admin,
      { ...all(403), ...pages, 'steps.reopen': 'ok', 'progress.get': 'ok', ...overviews('ok') },
    ],
    ['another learner', () => person('learner'), { ...all(404), ...overviews(403) }],
    ['the lecturer of another lab', () => stranger, { ...all(404), ...overviews('ok') }],
    ['nobody', () => undefined, all(401)],
  ])('is decided for %s', async (_, caller, expected) => {
    expect(await outcomes(caller())).toEqual(expected);
  });

  it('answers for a foreign session as for one that nobody has', async () => {
    const nobodys = '00000000-0000-4000-8000-000000000000';
    for (const [, request] of requests.slice(0, 9)) {
      const answer = (of: string) =>
        request(stranger, of).catch((error: Error) => ({ ...error, message: error.message }));
      expect(await answer(sessionId)).toEqual(await answer(nobodys));
    }
  });

  it('shows overviews by right', async () => {
    const seen = async (caller: Principal) =>
      (await lab.rig.ask(ListProgressRequest, { limit: 200 }, caller)).items.some(
        (line) => line.sessionId === sessionId,
      );
    expect(await Promise.all([lecturer, admin, stranger].map(seen))).toEqual([true, true, false]);
  });

  it('ends with the membership', async () => {
    const read = () => outcomes(operator);
    expect(await read()).toMatchObject({ 'pages.get': 'ok', 'steps.tick': 'ok' });
    await lab.rig.labs.ask(DeleteMember, { sessionId, userId: operator.userId }, owner);
    await vi.waitFor(async () => expect(await read()).toEqual({ ...all(404), ...overviews(403) }), 10_000);
  });

  it('gives each person ticks of their own, and watchers those of the owner', async () => {
    await lab.rig.ask(TickStepRequest, { sessionId, stepId: 'look', done: true }, operator);
    const done = async (caller: Principal) =>
      (await lab.rig.ask(GetInstructionsRequest, { sessionId }, caller)).progress.done;
    expect(await Promise.all([owner, operator, viewer, lecturer].map(done))).toEqual([0, 1, 0, 0]);
    const { people } = await lab.rig.ask(GetSessionProgress, { sessionId }, owner);
    expect(people.map(({ displayName, totals }) => [displayName, totals.done])).toEqual([
      ['Ada', 0],
      ['Bob', 1],
    ]);
  });

  it('of two people at once, each in two tabs, complete the step once for each of them', async () => {
    const tick = (caller: Principal) => lab.rig.ask(TickStepRequest, { sessionId, stepId: 'look', done: true }, caller);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => tick(n % 2 === 0 ? owner : operator)));
    expect(answers.every(({ step: { done }, progress }) => done && progress.done === 1 && progress.points === 2)).toBe(
      true,
    );
    // What one takes back stays done for the other.
    await lab.rig.ask(TickStepRequest, { sessionId, stepId: 'look', done: false }, operator);
    const { people } = await lab.rig.ask(GetSessionProgress, { sessionId }, owner);
    expect(people.map(({ displayName, totals }) => [displayName, totals.done])).toEqual([
      ['Ada', 1],
      ['Bob', 0],
    ]);
    const told = () => lab.rig.events.filter(({ subject, type }) => subject === sessionId && type.startsWith('step.'));
    await vi.waitFor(() => expect(told().length).toBeGreaterThanOrEqual(3), 10_000);
    expect(
      told()
        .map(({ type, data }) => [type, Reflect.get(Object(data), 'userId')])
        .toSorted(),
    ).toEqual(
      [
        ['step.completed.v1', owner.userId],
        ['step.completed.v1', operator.userId],
        ['step.reopened.v1', operator.userId],
      ].toSorted(),
    );
  });
});
