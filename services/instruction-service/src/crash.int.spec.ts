import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetInstructionsRequest,
  LabChanged,
  LabMembersChanged,
  LabVersionPublished,
  type Principal,
  TickStepRequest,
} from '@lab-orchestrator/contracts';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { person } from '@lab-orchestrator/lab-service/testing';
import { RequestClient } from '@lab-orchestrator/platform';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Instructions, startInstructions } from './testing/instructions.fixture.js';
import { labWithPages } from './testing/sample-pages.fixture.js';
import { ServiceProcess } from './testing/service-process.fixture.js';

const learners = 12;
const steps = 12;
const kills = 4;

let rig: Instructions;
let service: ServiceProcess;
/** Two tabs each time. */
const ticks = learners * steps * 2;
const ticking = { answered: 0, isOver: false };
const lecturer = person('lecturer', 'Grace');

beforeAll(async () => {
  ServiceProcess.build();
  rig = await startInstructions({
    start: async (env) => {
      service = await ServiceProcess.start(env);
      return { stop: () => service.stop() };
    },
  });
}, 300_000);
afterAll(() => rig?.stop());

const stepId = (n: number) => `s${n}`;
const manySteps = () => {
  const page = Array.from({ length: steps }, (_, n) => `:::step{#${stepId(n)} title="${n}" points=1}\n::tick\n:::\n`);
  return labWithPages({ 'pages/en/01-start.md': page.join('\n'), 'pages/en/02-next.md': 'The end.\n' });
};

/** As a browser does: again until it is answered. @returns how often it was asked */
async function tick(caller: Principal, sessionId: string, step: string): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      const requests = rig.labs.service.app.get(RequestClient);
      const request = { sessionId, stepId: step, done: true };
      await requests.call(TickStepRequest, request, { principal: caller, deadlineMs: 2_000 });
      ticking.answered += 1;
      return tries;
    } catch (error) {
      if (tries > 200) throw error;
      await sleep(50);
    }
  }
}

/** At equal distances on the way, however fast the machine is: a kill always finds ticks under way. */
async function killNowAndThen() {
  for (let kill = 1; kill <= kills; kill += 1) {
    while (ticking.answered < (ticks * kill) / (kills + 1)) {
      if (ticking.isOver) return;
      await sleep(1);
    }
    await service.kill();
    service = await ServiceProcess.start(rig.env);
  }
}

it('killed in the middle of ticking, it loses nothing and doubles nothing', { timeout: 300_000 }, async () => {
  const labId = await rig.publish(lecturer, manySteps());
  const people = Array.from({ length: learners }, (_, n) => person('learner', `L${n}`));
  const sessions: string[] = [];
  for (const each of people) sessions.push(await rig.session(each, labId));

  Object.assign(ticking, { answered: 0, isOver: false });
  const killing = killNowAndThen();
  const asked = await Promise.all(
    people.map(async (caller, n) => {
      let count = 0;
      for (let step = 0; step < steps; step += 1) {
        const tabs = await Promise.all([1, 2].map(() => tick(caller, sessions[n] ?? '', stepId(step))));
        count += tabs.reduce((sum, each) => sum + each, 0);
      }
      return count;
    }),
  ).finally(() => (ticking.isOver = true));
  await killing;
  // It was hit while it worked.
  expect(asked.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(ticks);

  const progress = await Promise.all(
    people.map((caller, n) => rig.ask(GetInstructionsRequest, { sessionId: sessions[n] ?? '' }, caller)),
  );
  expect(progress.map((each) => each.progress.done)).toEqual(people.map(() => steps));
  const told = () => {
    // The broker drops repeats of one id; consumers count ids.
    const byId = new Map(rig.events.map((event) => [event.id, event]));
    return [...byId.values()].filter(({ type }) => type === 'step.completed.v1').map(({ data }) => data);
  };
  await vi.waitFor(() => expect(told().length).toBeGreaterThanOrEqual(learners * steps), {
    timeout: 60_000,
    interval: 200,
  });
  await sleep(1_000);
  const keys = told().map((data) => `${Reflect.get(Object(data), 'sessionId')}/${Reflect.get(Object(data), 'stepId')}`);
  expect(keys).toHaveLength(learners * steps);
  expect(new Set(keys).size).toBe(learners * steps);
  const completed = rig.events.filter(({ type }) => type === 'instruction.completed.v1').map(({ id }) => id);
  expect(new Set(completed).size).toBe(learners);
});

it('takes every event three times for once', async () => {
  const learner = person('learner');
  const labId = await rig.publish(
    lecturer,
    labWithPages({ 'lab.yaml': (labWithPages()['lab.yaml'] ?? '').replace('id: two-hosts', 'id: again') }),
  );
  const sessionId = await rig.session(learner, labId);
  await rig.ask(GetInstructionsRequest, { sessionId }, learner);
  const row = async () =>
    (
      await rig.rows<{ changes: number; phase: string }>('SELECT changes, phase FROM sessions WHERE id = $1', [
        sessionId,
      ])
    )[0];
  await sleep(500);
  const before = (await row())?.changes ?? 0;
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  const at = { sessionId, generation: 1, desired: 'running' } as const;
  for (let time = 0; time < 3; time += 1) {
    // As the broker delivers again: the same event under another message id, so that it does not drop it itself.
    await redelivered(LabChanged, { ...at, phase: 'provisioning' }, ids[0] ?? '', time);
    await redelivered(LabMembersChanged, { sessionId, removedUserIds: [] }, ids[1] ?? '', time);
    await redelivered(LabVersionPublished, { labId, version: 1, digest: 'd' }, ids[2] ?? '', time);
  }
  await vi.waitFor(async () => expect((await row())?.changes).toBe(before + 2), { timeout: 10_000 });
  await sleep(500);
  expect(await row()).toEqual({ changes: before + 2, phase: 'provisioning' });
  expect(await rig.rows('SELECT 1 FROM instructions WHERE lab_id = $1', [labId])).toHaveLength(1);
  // What lab-service says counts, not what an event said that came late.
  await rig.ask(GetInstructionsRequest, { sessionId }, learner);
  expect((await row())?.phase).toBe('ready');
});

type Definition = typeof LabChanged | typeof LabMembersChanged | typeof LabVersionPublished;
async function redelivered<E extends Definition>(
  definition: E,
  data: Parameters<E['subject']>[0],
  id: string,
  time: number,
) {
  const connection = await connect({ servers: rig.labs.natsUrl.replace('nats://', '') });
  const subject = definition.subject(data as never);
  const envelope = {
    specversion: '1.0',
    id,
    source: 'lab-service',
    type: definition.type,
    subject: subject.split('.').at(-1),
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data,
  };
  await jetstream(connection).publish(subject, JSON.stringify(envelope), { msgID: `${id}-${time}` });
  await connection.close();
}
