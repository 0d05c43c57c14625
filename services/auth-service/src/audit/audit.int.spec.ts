import { randomUUID } from 'node:crypto';
import { ListAuditRequest, RecordAudit } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { principal, runAuthService, type RunningAuthService } from '../testing/running-auth-service.fixture.js';

let auth: RunningAuthService;
beforeAll(async () => {
  auth = await runAuthService();
});
afterAll(() => auth.stop());

const entry = (minute: number) => ({
  id: randomUUID(),
  at: new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString(),
  actorId: '00000000-0000-4000-8000-000000000001',
  actorName: 'admin',
  action: minute % 2 ? 'createUser' : 'deleteUser',
  outcome: 'ok' as const,
  detail: { status: 200 },
});
const asAdmin = { principal: principal('admin') };

it('keeps one row per id, however often it arrives', async () => {
  const once = entry(0);
  await Promise.all([1, 2, 3].map(() => auth.requests.call(RecordAudit, once)));
  const { items } = await auth.requests.call(ListAuditRequest, {}, asAdmin);
  expect(items).toEqual([once]);
});

it('is read newest first, page by page, by actor, action and time', async () => {
  for (let minute = 1; minute <= 5; minute += 1) await auth.requests.call(RecordAudit, entry(minute));
  const first = await auth.requests.call(ListAuditRequest, { limit: 4 }, asAdmin);
  const second = await auth.requests.call(ListAuditRequest, { limit: 4, cursor: first.nextCursor }, asAdmin);
  const times = [...first.items, ...second.items].map(({ at }) => at);
  expect(times).toHaveLength(6);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(second.nextCursor).toBeUndefined();
  const filter = { action: 'createUser', since: '2026-01-01T12:02:00.000Z', until: '2026-01-01T12:05:00.000Z' };
  expect((await auth.requests.call(ListAuditRequest, filter, asAdmin)).items).toHaveLength(1);
});

it.each(['UPDATE audit SET action = $1', 'DELETE FROM audit WHERE action <> $1', 'TRUNCATE audit'])(
  'cannot be changed by the service itself: %s',
  async (statement) => {
    const before = await auth.sql('SELECT * FROM audit');
    await expect(auth.sql(statement, statement.includes('$1') ? ['x'] : [])).rejects.toThrow(
      'the audit log is append-only',
    );
    expect(await auth.sql('SELECT * FROM audit')).toEqual(before);
  },
);
