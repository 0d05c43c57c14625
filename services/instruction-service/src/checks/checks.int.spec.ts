import { EndSession } from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type AtWork, atWork } from '../testing/at-work.fixture.js';
import { labWithPages } from '../testing/sample-pages.fixture.js';
import { LabAtWork } from '../testing/lab-at-work.fixture.js';

const lab = new LabAtWork();

describe('checks', () => {
  it('complete a step when all of them have passed', async () => {
    expect(await lab.me.check()).toMatchObject({
      passed: false,
      message: 'Make the first marker.',
      checks: [
        { passed: false, outcome: 'failed' },
        { passed: false, outcome: 'failed' },
      ],
      step: { done: false },
    });
    lab.me.mark('marker-one');
    expect(await lab.me.check()).toMatchObject({
      passed: false,
      message: 'Make the second marker.',
      step: { done: false },
    });
    lab.me.mark('marker-two');
    const passed = await lab.me.check();
    expect(passed).toMatchObject({ passed: true, step: { done: true, points: 3 }, progress: { done: 1, points: 3 } });
    expect(passed.checks.every((each) => !('output' in each))).toBe(true);
    const [one, two] = passed.checks.map(({ id }) => id);
    const about = { ...lab.facts(), stepId: 'reach' };
    expect(await lab.me.told(6)).toEqual([
      ['check.failed.v1', { ...about, checkId: one, outcome: 'failed' }],
      ['check.failed.v1', { ...about, checkId: two, outcome: 'failed' }],
      ['check.passed.v1', { ...about, checkId: one }],
      ['check.failed.v1', { ...about, checkId: two, outcome: 'failed' }],
      ['check.passed.v1', { ...about, checkId: two }],
      ['step.completed.v1', { ...about, points: 3 }],
    ]);
  });

  it('pipe their script in, and run again only what has not passed', async () => {
    lab.me.mark('marker-one');
    await lab.me.check();
    await lab.me.check();
    expect(lab.rig.systems.commands.map(({ command, stdin }) => [command.at(-1), stdin?.split('\n')[0]])).toEqual([
      ['test -e marker-one', undefined],
      ['sh -s', '# Reads nothing of what the lab holds.'],
      ['sh -s', '# Reads nothing of what the lab holds.'],
    ]);
  });

  it('take hostile values as one literal argument', async () => {
    const value = `'; touch marker-one; echo "$(touch marker-two)' \\ \`id\``;
    await lab.me.fillIn('colour', value);
    expect(await lab.me.check('said')).toMatchObject({ passed: true, step: { done: true } });
    expect((await lab.me.check()).passed).toBe(false);
  });

  it('show their author what they printed', async () => {
    const author = atWork(lab.rig, lab.lecturer, await lab.rig.session(lab.lecturer, lab.labId));
    lab.me.mark('marker-two');
    const { checks } = await author.check();
    expect(checks.map(({ output, exitCode }) => [output, exitCode])).toEqual([
      ['', 1],
      ['found two\n', 0],
    ]);
  });

  it('that hang or cannot be reached say so', async () => {
    lab.rig.systems.before = async ({ stdin }) => {
      if (stdin === undefined) throw new UserError('system_unreachable', { status: 409 });
      await new Promise((done) => setTimeout(done, 10));
    };
    const { checks } = await lab.me.check();
    expect(checks.map(({ outcome }) => outcome)).toEqual(['unreachable', 'failed']);
  });

  it('by themselves run no more often than asked, and are told when something changed', async () => {
    await lab.me.fillIn('colour', 'x');
    lab.rig.systems.before = async () => {
      throw new UserError('system_unreachable', { status: 409 });
    };
    for (let turn = 0; turn < 5; turn += 1) await lab.me.check('said', { auto: true });
    expect(lab.rig.systems.commands).toHaveLength(1);
    lab.rig.systems.before = async () => undefined;
    expect(await lab.me.check('said')).toMatchObject({ passed: true });
    expect((await lab.me.told(3)).map(([type]) => type)).toEqual([
      'check.failed.v1',
      'check.passed.v1',
      'step.completed.v1',
    ]);
  });

  it('of a session that ends meanwhile change nothing', async () => {
    lab.rig.systems.before = async () => {
      await lab.rig.ask(EndSession, { sessionId: lab.sessionId }, lab.learner);
      throw new UserError('session_over', { status: 409 });
    };
    await expect(lab.me.check()).rejects.toMatchObject({ code: 'session_over', status: 409 });
    await vi.waitFor(
      async () => expect(await lab.me.overview()).toMatchObject({ canAct: false, progress: { done: 0 } }),
      10_000,
    );
    await expect(lab.me.tick(true)).rejects.toMatchObject({ code: 'session_over' });
    expect(
      (await lab.me.overview()).states.find(({ id }) => id === 'reach')?.checks.some(({ outcome }) => outcome),
    ).toBe(false);
  });
});

describe('a check with two retries', () => {
  const labWithRetries = labWithPages({
    'lab.yaml': (labWithPages()['lab.yaml'] ?? '').replace('id: two-hosts', 'id: again'),
    'pages/en/01-start.md': `:::step{#again title="Again"}
::check{system=attacker run="test -e marker-one" retries=2}
:::

:::step{#hang title="Hang"}
::check{system=attacker run="sleep 3" timeout=1s retries=2}
:::
`,
  });
  let me: AtWork;
  beforeAll(async () => {
    const session = await lab.rig.session(lab.lecturer, await lab.rig.publish(lab.lecturer, labWithRetries));
    me = atWork(lab.rig, lab.lecturer, session);
  });
  /** What it looks for is there from this run on. */
  const passesFrom = (run: number) => {
    const { systems } = lab.rig;
    systems.before = async () => (systems.commands.length >= run ? me.mark('marker-one') : undefined);
  };
  const outcomeOf = async (stepId: string) => (await me.check(stepId)).checks.map(({ outcome }) => outcome);
  const runs = () => lab.rig.systems.commands.length;

  it('fails when the third run does', async () => {
    passesFrom(4);
    expect([await outcomeOf('again'), runs()]).toEqual([['failed'], 3]);
  });

  it('is not run again when its time is up', async () => {
    expect([await outcomeOf('hang'), runs()]).toEqual([['timed_out'], 1]);
  });

  it('is not run again where nothing answers', async () => {
    lab.rig.systems.before = async () => {
      throw new UserError('system_unreachable', { status: 409 });
    };
    expect([await outcomeOf('again'), runs()]).toEqual([['unreachable'], 1]);
  });

  it('passes when the third run does', async () => {
    passesFrom(3);
    expect([await outcomeOf('again'), runs()]).toEqual([['passed'], 3]);
    expect((await me.overview()).states.find(({ id }) => id === 'again')).toMatchObject({ done: true });
  });
});
