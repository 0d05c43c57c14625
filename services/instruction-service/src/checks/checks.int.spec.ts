import { EndSession, type Principal } from '@lab-orchestrator/contracts';
import { person } from '@lab-orchestrator/lab-service/testing';
import { UserError } from '@lab-orchestrator/platform';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AtWork, atWork, freshSystems } from '../testing/at-work.fixture.js';
import { type Instructions, startInstructions } from '../testing/instructions.fixture.js';

let rig: Instructions;
let labId: string;
let sessionId: string;
let learner: Principal;
let me: AtWork;
const lecturer = person('lecturer', 'Grace');

beforeAll(async () => {
  rig = await startInstructions();
  labId = await rig.publish(lecturer);
});
afterAll(() => rig?.stop());
beforeEach(async () => {
  freshSystems(rig);
  learner = person('learner', 'Ada');
  sessionId = await rig.session(learner, labId);
  me = atWork(rig, learner, sessionId);
});

const facts = () => ({ sessionId, userId: learner.userId, labId, version: 1 });

describe('checks', () => {
  it('complete a step when all of them have passed', async () => {
    expect(await me.check()).toMatchObject({
      passed: false,
      message: 'Make the first marker.',
      checks: [
        { passed: false, outcome: 'failed' },
        { passed: false, outcome: 'failed' },
      ],
      step: { done: false },
    });
    me.mark('marker-one');
    expect(await me.check()).toMatchObject({
      passed: false,
      message: 'Make the second marker.',
      step: { done: false },
    });
    me.mark('marker-two');
    const passed = await me.check();
    expect(passed).toMatchObject({ passed: true, step: { done: true, points: 3 }, progress: { done: 1, points: 3 } });
    expect(passed.checks.every((each) => !('output' in each))).toBe(true);
    const [one, two] = passed.checks.map(({ id }) => id);
    const about = { ...facts(), stepId: 'reach' };
    expect(await me.told(6)).toEqual([
      ['check.failed.v1', { ...about, checkId: one, outcome: 'failed' }],
      ['check.failed.v1', { ...about, checkId: two, outcome: 'failed' }],
      ['check.passed.v1', { ...about, checkId: one }],
      ['check.failed.v1', { ...about, checkId: two, outcome: 'failed' }],
      ['check.passed.v1', { ...about, checkId: two }],
      ['step.completed.v1', { ...about, points: 3 }],
    ]);
  });

  it('pipe their script in, and run again only what has not passed', async () => {
    me.mark('marker-one');
    await me.check();
    await me.check();
    expect(rig.systems.commands.map(({ command, stdin }) => [command.at(-1), stdin?.split('\n')[0]])).toEqual([
      ['test -e marker-one', undefined],
      ['sh -s', '# Reads nothing of what the lab holds.'],
      ['sh -s', '# Reads nothing of what the lab holds.'],
    ]);
  });

  it('take hostile values as one literal argument', async () => {
    const value = `'; touch marker-one; echo "$(touch marker-two)' \\ \`id\``;
    await me.fillIn('colour', value);
    expect(await me.check('said')).toMatchObject({ passed: true, step: { done: true } });
    expect((await me.check()).passed).toBe(false);
  });

  it('show their author what they printed', async () => {
    const author = atWork(rig, lecturer, await rig.session(lecturer, labId));
    me.mark('marker-two');
    const { checks } = await author.check();
    expect(checks.map(({ output, exitCode }) => [output, exitCode])).toEqual([
      ['', 1],
      ['found two\n', 0],
    ]);
  });

  it('that hang or cannot be reached say so', async () => {
    rig.systems.before = async ({ stdin }) => {
      if (stdin === undefined) throw new UserError('system_unreachable', { status: 409 });
      await new Promise((done) => setTimeout(done, 10));
    };
    const { checks } = await me.check();
    expect(checks.map(({ outcome }) => outcome)).toEqual(['unreachable', 'failed']);
  });

  it('by themselves run no more often than asked, and are told when something changed', async () => {
    await me.fillIn('colour', 'x');
    rig.systems.before = async () => {
      throw new UserError('system_unreachable', { status: 409 });
    };
    for (let turn = 0; turn < 5; turn += 1) await me.check('said', { auto: true });
    expect(rig.systems.commands).toHaveLength(1);
    rig.systems.before = async () => undefined;
    expect(await me.check('said')).toMatchObject({ passed: true });
    expect((await me.told(3)).map(([type]) => type)).toEqual([
      'check.failed.v1',
      'check.passed.v1',
      'step.completed.v1',
    ]);
  });

  it('of a session that ends meanwhile change nothing', async () => {
    rig.systems.before = async () => {
      await rig.ask(EndSession, { sessionId }, learner);
      throw new UserError('session_over', { status: 409 });
    };
    await expect(me.check()).rejects.toMatchObject({ code: 'session_over', status: 409 });
    await vi.waitFor(
      async () => expect(await me.overview()).toMatchObject({ canAct: false, progress: { done: 0 } }),
      10_000,
    );
    await expect(me.tick(true)).rejects.toMatchObject({ code: 'session_over' });
    expect((await me.overview()).states.find(({ id }) => id === 'reach')?.checks.some(({ outcome }) => outcome)).toBe(
      false,
    );
  });
});
