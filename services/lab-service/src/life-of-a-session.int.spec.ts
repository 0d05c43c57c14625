import {
  EndSession,
  GetDesiredSession,
  GetSession,
  GetSessionLog,
  LabEnded,
  LabProgressed,
  LabProvisioned,
  ListOpenSessionIds,
} from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type LabRig, person, startRig, wideCapacity } from './lab-service.fixture.js';

let rig: LabRig;
const lecturer = person('lecturer', 'Grace');
const learner = person('learner');

beforeAll(async () => {
  rig = await startRig();
  rig.neighbours.capacity = wideCapacity();
});
afterAll(() => rig.stop());

it('lives from the import of its lab to its end', async () => {
  const labId = await rig.publicLab(lecturer);
  const started = await rig.start(learner, labId);
  expect(started).toMatchObject({
    phase: 'provisioning',
    desired: 'running',
    generation: 1,
    role: 'owner',
    ownerName: 'Ada',
  });
  const { id: sessionId } = started;
  const phase = async () => (await rig.ask(GetSession, { sessionId }, learner)).phase;

  const { spec, ...wish } = await rig.ask(GetDesiredSession, { sessionId });
  expect(wish).toEqual({ sessionId, desired: 'running', generation: 1, phase: 'provisioning' });
  expect(spec?.systems.map(({ name }) => name)).toEqual(['attacker', 'server']);
  const [attacker] = spec?.systems ?? [];
  expect(attacker).toMatchObject({
    image: { id: 'terminal', source: { kind: 'builtin', name: 'terminal' } },
    environment: { TARGET: 'server', FLAG: expect.stringMatching(/^[0-9a-f]{16}$/) },
    cpus: 0.25,
    memoryBytes: 128 * 2 ** 20,
  });

  const at = { sessionId, generation: 1 };
  const systems = ['attacker', 'server'].map((name) => ({ name, state: 'ready', stage: 'ready' }) as const);
  await rig.publisher.publish(LabProgressed, { ...at, systems }, { id: `${sessionId}.1.p1` });
  await rig.publisher.publish(LabProvisioned, at, { id: `${sessionId}.1.ready` });
  await vi.waitFor(async () => expect(await phase()).toBe('ready'), 20_000);

  await rig.ask(EndSession, { sessionId }, learner);
  expect(await rig.ask(GetDesiredSession, { sessionId })).toEqual({
    sessionId,
    desired: 'ended',
    generation: 2,
    phase: 'ending',
    endReason: 'user',
  });
  await rig.publisher.publish(LabEnded, { sessionId, generation: 2, reason: 'user' }, { id: `${sessionId}.2.ended` });
  await vi.waitFor(async () => expect(await phase()).toBe('ended'), 20_000);
  expect((await rig.ask(ListOpenSessionIds, {})).sessionIds).toEqual([]);

  const { items } = await rig.ask(GetSessionLog, { sessionId }, learner);
  expect(items.map(({ text }) => text)).toEqual([
    'Ada started the lab.',
    'There is room: the systems are being prepared.',
    'attacker: ready',
    'server: ready',
    'All systems are ready.',
    'Ada ends the lab.',
    'The lab has ended.',
  ]);
});
