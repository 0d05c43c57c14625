import {
  EndSession,
  GetDesiredSession,
  GetCredentials,
  FindClosedSessions,
  GetSession,
  GetSessionLog,
  LabEnded,
  LabFailed,
  LabPaused,
  LabProgressed,
  LabProvisioned,
  LabRemovalHeld,
  LabResumed,
  ListOpenSessionIds,
  PauseSession,
  RestartSystem,
  ResumeSession,
  RetrySession,
} from '@lab-orchestrator/contracts';
import { sampleLab } from '@lab-orchestrator/lab-folder/testing';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LabRig, person, startRig } from '../lab-service.fixture.js';

let rig: LabRig;
let labId: string;
let sessionId: string;
const lecturer = person('lecturer', 'Grace');
let owner: ReturnType<typeof person>;

beforeAll(async () => {
  rig = await startRig();
  labId = await rig.publicLab(lecturer);
});
afterAll(() => rig.stop());
beforeEach(async () => {
  owner = person('learner');
  sessionId = (await rig.start(owner, labId)).id;
});

const session = () => rig.ask(GetSession, { sessionId }, owner);
const at = (generation: number) => ({ sessionId, generation });
const becomes = (phase: string) => vi.waitFor(async () => expect((await session()).phase).toBe(phase), 10_000);
const progress = (generation: number, ...states: Array<'ready' | 'starting' | 'absent'>) =>
  rig.publisher.publish(
    LabProgressed,
    {
      ...at(generation),
      systems: states.map((state, index) => ({
        name: ['attacker', 'server'][index] ?? '',
        state,
        stage: state === 'ready' ? ('ready' as const) : ('boot' as const),
      })),
    },
    { id: randomUUID() },
  );
const events = async (type: string) => {
  const rows = await rig.data.query<Array<{ data: Record<string, unknown> }>>(
    `SELECT payload -> 'data' AS data FROM outbox WHERE type = $1 AND key = $2 ORDER BY position`,
    [type, sessionId],
  );
  return rows.map(({ data }) => data);
};
/** Everything published before has been handled when this has. */
const settled = async () => {
  await progress(99, 'ready');
  const other = person('learner');
  const { id } = await rig.start(other, labId);
  await rig.publisher.publish(LabProvisioned, { sessionId: id, generation: 1 }, { id: randomUUID() });
  await vi.waitFor(
    async () => expect((await rig.ask(GetSession, { sessionId: id }, other)).phase).toBe('ready'),
    10_000,
  );
};

describe('reports of the provisioner', () => {
  it('have their effect once, however often they come', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () => rig.publisher.publish(LabProvisioned, at(1), { id: randomUUID() })),
    );
    await becomes('ready');
    await settled();
    const told = await events('lab.changed.v1');
    expect(told.filter(({ phase }) => phase === 'ready')).toHaveLength(1);
    const lines = await rig.data.query<unknown[]>(
      `SELECT 1 FROM session_log WHERE session_id = $1 AND code = 'ready'`,
      [sessionId],
    );
    expect(lines).toHaveLength(1);
  });

  it('about an older wish change nothing', async () => {
    await rig.publisher.publish(LabProvisioned, at(1), { id: randomUUID() });
    await becomes('ready');
    await rig.ask(EndSession, { sessionId }, owner);
    const reason = { code: 'system_exited', text: 'x', advice: 'y' };
    await rig.publisher.publish(LabProvisioned, at(1), { id: randomUUID() });
    await rig.publisher.publish(LabFailed, { ...at(1), reason }, { id: randomUUID() });
    await rig.publisher.publish(LabPaused, at(1), { id: randomUUID() });
    await rig.publisher.publish(LabEnded, { ...at(1), reason: 'user' }, { id: randomUUID() });
    await rig.publisher.publish(LabProvisioned, at(2), { id: randomUUID() });
    await progress(1, 'starting', 'starting');
    await settled();
    expect(await session()).toMatchObject({ phase: 'ending', generation: 2, desired: 'ended', endReason: 'user' });
    expect((await session()).systems.map(({ state }) => state)).toEqual(['absent', 'absent']);
  });

  it('that a system was lost bring the session back to provisioning, and to ready again', async () => {
    await progress(1, 'ready', 'ready');
    await rig.publisher.publish(LabProvisioned, at(1), { id: randomUUID() });
    await becomes('ready');
    const { readyAt } = await session();
    await progress(1, 'ready', 'absent');
    await becomes('provisioning');
    await rig.publisher.publish(LabProvisioned, at(1), { id: randomUUID() });
    await becomes('ready');
    expect(await session()).toMatchObject({ readyAt, systems: [{ state: 'ready' }, { state: 'ready' }] });
  });
});

describe('a removal that something holds', () => {
  it('is told once in the log: which object, which finalizer, since when, and what to do', async () => {
    await rig.ask(EndSession, { sessionId }, owner);
    const holders = ['ConfigMap/held is held by example.com/never', 'Pod/alpha is held by example.com/other'];
    const heldSince = new Date(rig.clock.now().getTime() - 6.5 * 60_000).toISOString();
    const say = (generation: number, id: string) =>
      rig.publisher.publish(LabRemovalHeld, { ...at(generation), heldSince, holders }, { id: `${sessionId}.${id}` });
    // From two processes, and one about a wish that is over.
    await Promise.all([say(2, 'held'), say(2, 'held'), say(1, 'old')]);
    await settled();
    const { items } = await rig.ask(GetSessionLog, { sessionId }, owner);
    expect(items.filter(({ code }) => code === 'removal_held').map(({ text }) => text)).toEqual([
      `The lab is not removed after 6 minutes: ${holders.join('; ')}. It goes as soon as that is seen to; an administrator may also force it.`,
    ]);
    expect(await session()).toMatchObject({ phase: 'ending', generation: 2 });
  });
});

describe('wishes', () => {
  it('pause and resume, each at its own generation', async () => {
    await rig.publisher.publish(LabProvisioned, at(1), { id: randomUUID() });
    await becomes('ready');
    await rig.ask(PauseSession, { sessionId }, owner);
    await rig.ask(PauseSession, { sessionId }, owner);
    expect(await session()).toMatchObject({ phase: 'pausing', desired: 'paused', generation: 2 });
    await rig.publisher.publish(LabPaused, at(2), { id: randomUUID() });
    await becomes('paused');
    await rig.ask(ResumeSession, { sessionId }, owner);
    expect(await session()).toMatchObject({ phase: 'resuming', desired: 'running', generation: 3 });
    await rig.publisher.publish(LabResumed, at(3), { id: randomUUID() });
    await becomes('ready');
    await expect(rig.ask(RetrySession, { sessionId }, owner)).rejects.toMatchObject({
      code: 'not_possible_now',
      status: 409,
    });
  });

  it('do not pause what its lab does not let learners pause; a lecturer may', async () => {
    const yaml = (sampleLab()['lab.yaml'] ?? '')
      .replace('id: two-hosts', 'id: no-pause')
      .replace('  idle: 30m', '  idle: 30m\n  pause: false');
    ({ id: sessionId } = await rig.start(owner, await rig.publicLab(lecturer, sampleLab({ 'lab.yaml': yaml }))));
    await rig.publisher.publish(LabProvisioned, at(1), { id: randomUUID() });
    await becomes('ready');
    expect((await session()).canPause).toBe(false);
    await expect(rig.ask(PauseSession, { sessionId }, owner)).rejects.toMatchObject({
      code: 'pause_not_allowed',
      status: 409,
    });
    await rig.ask(PauseSession, { sessionId }, lecturer);
    expect((await session()).phase).toBe('pausing');
  });

  it('try a failed session again', async () => {
    const reason = {
      code: 'image_not_found',
      system: 'server',
      text: 'There is no such image.',
      advice: 'Tell your lecturer.',
    };
    await rig.publisher.publish(LabFailed, { ...at(1), reason }, { id: randomUUID() });
    await becomes('failed');
    expect((await session()).reason).toEqual(reason);
    await rig.ask(RetrySession, { sessionId }, owner);
    expect(await session()).toMatchObject({ phase: 'provisioning', generation: 2 });
    expect((await session()).reason).toBeUndefined();
  });

  it('end from any phase, once, and say who ended it', async () => {
    await Promise.all(Array.from({ length: 5 }, () => rig.ask(EndSession, { sessionId }, lecturer)));
    expect(await session()).toMatchObject({ phase: 'ending', generation: 2, endReason: 'lecturer' });
    expect((await rig.ask(FindClosedSessions, { sessionIds: [sessionId] })).sessionIds).toEqual([]);
    await rig.publisher.publish(LabEnded, { ...at(2), reason: 'lecturer' }, { id: randomUUID() });
    await becomes('ended');
    await rig.ask(EndSession, { sessionId }, owner);
    const unknown = randomUUID();
    expect((await rig.ask(FindClosedSessions, { sessionIds: [sessionId, unknown] })).sessionIds.toSorted()).toEqual(
      [sessionId, unknown].toSorted(),
    );
    expect((await rig.ask(ListOpenSessionIds, {})).sessionIds).not.toContain(sessionId);
  });

  it('restart one system, without a new generation', async () => {
    await rig.ask(RestartSystem, { sessionId, system: 'server' }, owner);
    expect(rig.neighbours.restarts.at(-1)).toEqual({ sessionId, system: 'server' });
    expect((await session()).generation).toBe(1);
    await expect(rig.ask(RestartSystem, { sessionId, system: 'nobody' }, owner)).rejects.toMatchObject({ status: 404 });
  });
});

describe('S17: secrets', () => {
  it('are where they are needed, and nowhere else', async () => {
    const { spec } = await rig.ask(GetDesiredSession, { sessionId });
    const attacker = spec?.systems[0];
    const flag = attacker?.kind === 'container' ? attacker.environment['FLAG'] : undefined;
    const { password } = await rig.ask(GetCredentials, { sessionId, system: 'server' }, owner);
    expect(flag).toMatch(/^[0-9a-f]{16}$/);
    expect(password).toMatch(/^[A-Za-z2-9]{12}$/);
    expect(JSON.stringify(spec)).toContain(password);
    await rig.publisher.publish(LabProvisioned, at(1), { id: randomUUID() });
    await becomes('ready');
    await rig.ask(EndSession, { sessionId }, owner);
    for (const table of ['sessions', 'session_log', 'outbox', 'inbox', 'lab_versions', 'labs']) {
      const rows = JSON.stringify(await rig.data.query<unknown[]>(`SELECT row_to_json(t)::text FROM ${table} t`));
      const readable = rows + Buffer.from(rows.match(/[0-9a-f]{32,}/g)?.join('') ?? '', 'hex').toString('latin1');
      expect(readable.includes(flag ?? 'none'), table).toBe(false);
      expect(readable.includes(password), table).toBe(false);
    }
    expect(JSON.stringify(await session())).not.toContain(password);
  });
});
