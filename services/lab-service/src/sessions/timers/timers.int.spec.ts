import { ExtendSession, type LabExpiring, LabProvisioned, ReportActivity } from '@lab-orchestrator/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LabRig, person, startRig, wideCapacity } from '../../lab-service.fixture.js';
import { SessionTimers } from './session-timers.js';

let rig: LabRig;
let labId: string;
let now: Date;
const lecturer = person('lecturer');
const start = new Date('2030-05-06T08:00:00Z');
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);
const tick = async (at: Date) => {
  now = at;
  await rig.service.app.get(SessionTimers).run();
};
/** What was told about expiry, in the order of the outbox. */
const warnings = async () => {
  const rows = await rig.data.query<Array<{ data: ReturnType<typeof LabExpiring.data.parse> }>>(
    `SELECT payload::jsonb -> 'data' AS data FROM outbox WHERE type = 'lab.expiring.v1' ORDER BY position`,
  );
  return rows.map(({ data }) => data);
};
const phases = async () => {
  const rows = await rig.data.query<Array<{ phase: string; end_reason: string | null; count: number }>>(
    'SELECT phase, end_reason, count(*)::int AS count FROM sessions GROUP BY phase, end_reason ORDER BY phase',
  );
  return rows.map(({ phase, end_reason, count }) => `${count} ${phase} ${end_reason ?? ''}`.trim());
};
const markReady = async (sessionIds: string[]) => {
  for (const sessionId of sessionIds)
    await rig.publisher.publish(LabProvisioned, { sessionId, generation: 1 }, { id: `${sessionId}.ready` });
  await vi.waitFor(async () => expect(await phases()).toEqual([`${sessionIds.length} ready`]), 20_000);
};

/** Starting many is another spec's matter: these are rows like the first one. @returns their ids */
const copies = async (count: number) => {
  const columns = await rig.data.query<Array<{ name: string }>>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'lab' AND table_name = 'sessions' AND column_name <> 'id'`,
  );
  const names = columns.map(({ name }) => name).join(', ');
  const rows = await rig.data.query<Array<{ id: string }>>(
    `INSERT INTO sessions (id, ${names}) SELECT gen_random_uuid(), ${names} FROM sessions, generate_series(1, $1) RETURNING id`,
    [count],
  );
  return rows.map(({ id }) => id);
};

beforeAll(async () => {
  now = start;
  rig = await startRig();
  rig.neighbours.capacity = wideCapacity(10_000, 10_000);
  vi.spyOn(rig.clock, 'now').mockImplementation(() => now);
  labId = await rig.publicLab(lecturer);
});
afterAll(() => rig.stop());
beforeEach(async () => {
  now = start;
  await rig.data.query('TRUNCATE sessions, session_members, session_log, outbox');
});
afterEach(() => vi.clearAllMocks());

describe('R12: expiry', () => {
  it('warns 200 sessions three times each, and ends them on time', async () => {
    const ids = [(await rig.start(person('learner'), labId)).id, ...(await copies(199))];
    await rig.data.query(`UPDATE sessions SET phase = 'ready'`);
    for (let minute = 104; minute < 120; minute += 1) {
      await rig.data.query('UPDATE sessions SET active_at = $1', [minutes(minute)]);
      await tick(minutes(minute + 0.5));
      // A second process, or the same one again, has nothing to do.
      await tick(minutes(minute + 0.5));
    }
    const told = await warnings();
    for (const id of ids)
      expect(
        told.filter(({ sessionId }) => sessionId === id).map(({ minutesLeft, cause }) => [minutesLeft, cause]),
      ).toEqual([
        [15, 'deadline'],
        [5, 'deadline'],
        [1, 'deadline'],
      ]);
    expect(await phases()).toEqual(['200 ready']);
    await tick(minutes(120));
    expect(await phases()).toEqual(['200 ending expired']);
    expect(told).toHaveLength(600);
  });

  it('catches up after it was away: no stale warnings, a hard end', async () => {
    await rig.start(person('learner'), labId);
    await tick(minutes(117));
    expect((await warnings()).map(({ minutesLeft }) => minutesLeft)).toEqual([3]);
    await tick(minutes(150));
    expect((await warnings()).length).toBe(1);
    expect(await phases()).toEqual(['1 ending expired']);
  });

  it('is shared by several processes: each session is handled once', async () => {
    await Promise.all(Array.from({ length: 30 }, () => rig.start(person('learner'), labId)));
    now = minutes(106);
    const timers = rig.service.app.get(SessionTimers);
    await Promise.all([timers.run(), timers.run(), timers.run()]);
    expect(new Set((await warnings()).map(({ sessionId }) => sessionId)).size).toBe(30);
    expect(await warnings()).toHaveLength(30);
  });

  it('moves with an extension, as often as the lab allows; staff may always', async () => {
    const learner = person('learner');
    const { id: sessionId } = await rig.start(learner, labId);
    await tick(minutes(110));
    await rig.ask(ExtendSession, { sessionId }, learner);
    await tick(minutes(121));
    // It never became ready; but its time has not run out.
    expect(await phases()).toEqual(['1 failed']);
    await rig.ask(ExtendSession, { sessionId }, learner);
    await expect(rig.ask(ExtendSession, { sessionId }, learner)).rejects.toMatchObject({
      code: 'no_extensions_left',
      status: 409,
    });
    await rig.ask(ExtendSession, { sessionId }, lecturer);
    const [session] = await rig.data.query<Array<{ deadline_at: Date }>>('SELECT deadline_at FROM sessions');
    expect(session?.deadline_at).toEqual(minutes(120 + 90));
  });
});

describe('idle sessions', () => {
  it('are warned once and ended; activity moves the end away', async () => {
    const { id: sessionId } = await rig.start(person('learner'), labId);
    await markReady([sessionId]);
    await tick(minutes(26));
    await tick(minutes(27));
    expect((await warnings()).map(({ minutesLeft, cause }) => [minutesLeft, cause])).toEqual([[4, 'idle']]);
    await rig.ask(ReportActivity, { sessionId });
    await tick(minutes(50));
    expect(await phases()).toEqual(['1 ready']);
    await tick(minutes(58));
    expect(await phases()).toEqual(['1 ending idle']);
  });
});

describe('starts that do not end', () => {
  it('fail with a reason, and are cleared away after an hour', async () => {
    await rig.start(person('learner'), labId);
    await tick(minutes(14));
    expect(await phases()).toEqual(['1 provisioning']);
    await tick(minutes(15));
    const [session] = await rig.data.query<Array<{ reason: { code: string } }>>('SELECT reason FROM sessions');
    expect(session?.reason.code).toBe('not_ready_in_time');
    await tick(minutes(74));
    expect(await phases()).toEqual(['1 failed']);
    await tick(minutes(75));
    expect(await phases()).toEqual(['1 ending failed']);
  });

  it('may wait longer for an image that comes for the first time', async () => {
    await rig.start(person('learner'), labId);
    await rig.data.query(`UPDATE sessions SET systems = '[{"name":"server","state":"starting","stage":"image"}]'`);
    await tick(minutes(59));
    expect(await phases()).toEqual(['1 provisioning']);
    await tick(minutes(60));
    expect(await phases()).toEqual(['1 failed']);
  });
});
