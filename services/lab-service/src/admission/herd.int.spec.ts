import { EndSession, GetSession, LabEnded, PutQuotaRequest, StartSessionRequest } from '@lab-orchestrator/contracts';
import { sampleLab } from '@lab-orchestrator/lab-folder/testing';
import { UserError } from '@lab-orchestrator/platform';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LabRig, person, startRig, wideCapacity } from '../lab-service.fixture.js';
import { RuntimeCapacity } from './runtime-capacity.js';

let rig: LabRig;
let labId: string;
const lecturer = person('lecturer');
const admin = person('admin');
const unlimited = { sessions: null, cpus: null, memoryBytes: null };
const setQuota = (scope: string, quota: Partial<typeof unlimited> | Record<string, number>) =>
  rig.ask(PutQuotaRequest, { scope, ...unlimited, ...quota }, admin);
const count = async (condition: string) => {
  const rows = await rig.data.query<Array<{ count: number }>>(
    `SELECT count(*)::int AS count FROM sessions WHERE ${condition}`,
  );
  return rows[0]?.count;
};
const forget = () => Reflect.set(rig.service.app.get(RuntimeCapacity), 'last', undefined);

beforeAll(async () => {
  rig = await startRig();
  labId = await rig.publicLab(lecturer);
});
afterAll(() => rig.stop());
beforeEach(async () => {
  await rig.data.query('TRUNCATE sessions, session_members, session_log');
  await setQuota('platform', {});
  await setQuota('user', { sessions: 3 });
  rig.neighbours.capacity = wideCapacity();
  forget();
});

describe('R10: the herd at the full hour', { timeout: 120_000 }, () => {
  it('starts exactly one session per person, however often they click', async () => {
    const people = Array.from({ length: 100 }, () => person('learner'));
    const clicks = people.flatMap((caller) => Array.from({ length: 5 }, () => caller));
    const answers = await Promise.allSettled(clicks.map((caller) => rig.ask(StartSessionRequest, { labId }, caller)));
    const started = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.id] : []));
    const refused: unknown[] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(new Set(started).size).toBe(100);
    expect(await count('true')).toBe(100);
    expect(refused).toHaveLength(400);
    for (const error of refused) expect(error).toMatchObject({ name: 'UserError', code: 'session_open', status: 409 });
    // The refusal names a session of the one who asked.
    const named = refused.flatMap((error) => (error instanceof UserError ? (error.errors ?? []) : []));
    expect(new Set(named.map(({ path }) => path))).toEqual(new Set(['sessionId']));
    expect(new Set(named.map(({ message }) => message))).toEqual(new Set(started));
  });

  it('never admits more than the platform has quota for, and tells the others their place', async () => {
    await setQuota('platform', { sessions: 7 });
    const started = await Promise.all(Array.from({ length: 50 }, () => rig.start(person('learner'), labId)));
    expect(await count(`phase = 'provisioning'`)).toBe(7);
    expect(await count(`phase = 'queued'`)).toBe(43);
    const waiting = await rig.data.query<Array<{ id: string; owner_id: string }>>(
      `SELECT id, owner_id FROM sessions WHERE phase = 'queued' ORDER BY created_at, id LIMIT 2`,
    );
    for (const [index, { id, owner_id: userId }] of waiting.entries())
      expect(await rig.ask(GetSession, { sessionId: id }, { ...person('learner'), userId })).toMatchObject({
        phase: 'queued',
        queue: { place: index + 1 },
      });
    expect(started.filter(({ phase }) => phase === 'provisioning')).toHaveLength(7);
  });

  it('never admits more processors or memory than there is quota for', async () => {
    // Each session takes 1.25 processors and 384 MiB.
    await setQuota('platform', { cpus: 10 });
    await Promise.all(Array.from({ length: 20 }, () => rig.start(person('learner'), labId)));
    expect(await count(`phase = 'provisioning'`)).toBe(8);
    await setQuota('platform', { memoryBytes: 10 * 384 * 2 ** 20 });
    expect(await count(`phase = 'provisioning'`)).toBe(10);
  });
});

describe('waiting', () => {
  it('goes on when a place is given back, first come, first served', async () => {
    await setQuota('platform', { sessions: 1 });
    const [first, second, third] = [person('learner'), person('learner'), person('learner')];
    const running = await rig.start(first, labId);
    const next = await rig.start(second, labId);
    const last = await rig.start(third, labId);
    expect([running.phase, next.phase, last.phase]).toEqual(['provisioning', 'queued', 'queued']);
    await rig.ask(EndSession, { sessionId: running.id }, first);
    // Still held: its systems are being taken down.
    expect(await count(`phase = 'queued'`)).toBe(2);
    await rig.publisher.publish(
      LabEnded,
      { sessionId: running.id, generation: 2, reason: 'user' },
      { id: `${running.id}.2.ended` },
    );
    await vi.waitFor(
      async () => expect((await rig.ask(GetSession, { sessionId: next.id }, second)).phase).toBe('provisioning'),
      20_000,
    );
    expect(await rig.ask(GetSession, { sessionId: last.id }, third)).toMatchObject({
      phase: 'queued',
      queue: { place: 1, estimateS: expect.any(Number) },
    });
  });

  it('for its own quota lets other people pass', async () => {
    await setQuota('user', { sessions: 1 });
    const other = await rig.publicLab(
      lecturer,
      sampleLab({ 'lab.yaml': sampleLab()['lab.yaml']?.replace('id: two-hosts', 'id: other') ?? '' }),
    );
    const greedy = person('learner');
    expect((await rig.start(greedy, labId)).phase).toBe('provisioning');
    expect((await rig.start(greedy, other)).phase).toBe('queued');
    expect((await rig.start(person('learner'), labId)).phase).toBe('provisioning');
  });

  it('has an end: nobody fills the queue', async () => {
    await setQuota('platform', { sessions: 0 });
    const caller = person('learner');
    for (let index = 0; index < 5; index += 1) {
      const folder = sampleLab({
        'lab.yaml': sampleLab()['lab.yaml']?.replace('id: two-hosts', `id: many${index}`) ?? '',
      });
      await rig.start(caller, await rig.publicLab(lecturer, folder));
    }
    await expect(rig.start(caller, labId)).rejects.toMatchObject({ code: 'too_many_waiting', status: 409 });
  });
});

describe('the capacity of the runtime', () => {
  it('is not promised twice while sessions still start', async () => {
    rig.neighbours.capacity = wideCapacity(1000, 1);
    await Promise.all(Array.from({ length: 10 }, () => rig.start(person('learner'), labId)));
    // 1 GiB holds two sessions of 384 MiB.
    expect(await count(`phase = 'provisioning'`)).toBe(2);
  });

  it('stops nobody when it is not known', async () => {
    rig.neighbours.capacity = undefined;
    expect((await rig.start(person('learner'), labId)).phase).toBe('provisioning');
  });

  it('refuses what will never fit', async () => {
    rig.neighbours.capacity = wideCapacity(1000, 0.25);
    await expect(rig.start(person('learner'), labId)).rejects.toMatchObject({ code: 'lab_too_large', status: 409 });
  });

  /** Three nodes, none of which takes the machine of 256 MiB; together they have more than the lab needs. */
  const threeNodes = (totalMiB: number, freeMiB: number) => {
    const room = (total: number, free: number) => ({ total, free });
    const mib = 2 ** 20;
    const node = { labCpus: room(8, 8), cpusFree: 2, memoryTotalBytes: totalMiB * mib, memoryFreeBytes: freeMiB * mib };
    return {
      ...wideCapacity(),
      memoryBytes: room(3 * totalMiB * mib, 3 * freeMiB * mib),
      nodes: ['a', 'b', 'c'].map((name) => ({ name, ...node })),
    };
  };

  it('lets a session wait while no single node has room for one of its systems', async () => {
    rig.neighbours.capacity = threeNodes(300, 200);
    expect(await rig.start(person('learner'), labId)).toMatchObject({ phase: 'queued', queue: { place: 1 } });
  });

  it('lets a session wait while every node is away', async () => {
    rig.neighbours.capacity = { ...threeNodes(300, 0), labCpus: { total: 24, free: 0 } };
    expect(await rig.start(person('learner'), labId)).toMatchObject({ phase: 'queued', queue: { place: 1 } });
  });

  const mib = 2 ** 20;
  it.each([
    ['lets it wait where what runs its machine finds no room now', 600, 300, { bytes: 100 * mib }, {}, 'queued'],
    ['starts it where there is room for both', 600, 400, { bytes: 100 * mib }, {}, 'provisioning'],
    ['refuses it where there never will be', 300, 300, { bytes: 100 * mib }, {}, 'lab_too_large'],
    ['lets it wait while KubeVirt answers on no node', 600, 600, {}, { machines: 'later' }, 'queued'],
    ['refuses it where machines never go', 600, 600, {}, { machines: 'never' }, 'lab_too_large'],
  ] as const)('%s', async (_, total, free, beside, on, outcome) => {
    const capacity = threeNodes(total, free);
    rig.neighbours.capacity = {
      ...capacity,
      nodes: capacity.nodes.map((node) => ({ ...node, ...on })),
      vmOverhead: { bytes: 0, perGuestByte: 0, perCpuBytes: 0, ...beside },
    };
    const told = await rig.start(person('learner'), labId).then(
      ({ phase }) => phase,
      ({ code }: UserError) => code,
    );
    expect(told).toBe(outcome);
  });

  it('counts the nodes as taken by sessions that still start', async () => {
    // Only the nodes set a limit here: a third machine of 256 MiB finds 172 MiB on one of them, and less on the others.
    rig.neighbours.capacity = { ...threeNodes(300, 300), memoryBytes: wideCapacity().memoryBytes };
    for (const phase of ['provisioning', 'provisioning', 'queued'])
      expect(await rig.start(person('learner'), labId)).toMatchObject({ phase });
  });

  it('refuses a system that is larger than every node', async () => {
    rig.neighbours.capacity = threeNodes(200, 200);
    await expect(rig.start(person('learner'), labId)).rejects.toMatchObject({
      code: 'lab_too_large',
      detail: expect.stringMatching(/any single machine/),
    });
  });
});
