import {
  CheckViewers,
  DeleteMember,
  EndSession,
  ExtendSession,
  GetAudience,
  GetCredentials,
  GetSession,
  GetSessionLog,
  LabProgressed,
  LabProvisioned,
  ListMembers,
  ListSessionsRequest,
  OpenConsoleRequest,
  PauseSession,
  type Principal,
  PutMemberRequest,
  RestartSystem,
  ResumeSession,
  RetrySession,
  StartSessionRequest,
  UpdateLabRequest,
} from '@lab-orchestrator/contracts';
import { sampleLab } from '@lab-orchestrator/lab-folder/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LabRig, person, startRig } from '../lab-service.fixture.js';

let rig: LabRig;
let labId: string;
let sessionId: string;
const [lecturer, stranger, admin] = [person('lecturer', 'Grace'), person('lecturer', 'Eve'), person('admin', 'Root')];
let owner: Principal;
let operator: Principal;
let viewer: Principal;

beforeAll(async () => {
  rig = await startRig();
  labId = await rig.publicLab(lecturer);
});
afterAll(() => rig.stop());
beforeEach(async () => {
  [owner, operator, viewer] = [person('learner', 'Ada'), person('learner', 'Bob'), person('learner', 'Cem')];
  rig.neighbours.users = [operator, viewer].map(({ userId: id, username, displayName }) => ({
    id,
    username,
    displayName,
  }));
  sessionId = (await rig.start(owner, labId)).id;
  await rig.ask(PutMemberRequest, { sessionId, userId: operator.userId, role: 'operator' }, owner);
  await rig.ask(PutMemberRequest, { sessionId, userId: viewer.userId, role: 'viewer' }, owner);
});

const ready = async () => {
  const systems = ['attacker', 'server'].map((name) => ({ name, state: 'ready', stage: 'ready' }) as const);
  await rig.publisher.publish(LabProgressed, { sessionId, generation: 1, systems }, { id: `${sessionId}.p` });
  await rig.publisher.publish(LabProvisioned, { sessionId, generation: 1 }, { id: `${sessionId}.r` });
  await vi.waitFor(async () => expect((await rig.ask(GetSession, { sessionId }, owner)).phase).toBe('ready'), 20_000);
};
const origin = 'https://labs.example';
const console = { sessionId: '', system: 'attacker', access: 'shell', origin } as const;

/** Every request about one session, as somebody makes it. */
const requests: Array<[string, (caller: Principal) => Promise<unknown>]> = [
  ['get', (caller) => rig.ask(GetSession, { sessionId }, caller)],
  ['members', (caller) => rig.ask(ListMembers, { sessionId }, caller)],
  ['credentials', (caller) => rig.ask(GetCredentials, { sessionId, system: 'server' }, caller)],
  ['view', (caller) => rig.ask(OpenConsoleRequest, { ...console, sessionId, mode: 'view' }, caller)],
  ['control', (caller) => rig.ask(OpenConsoleRequest, { ...console, sessionId, mode: 'control' }, caller)],
  ['log', (caller) => rig.ask(GetSessionLog, { sessionId }, caller)],
  ['link', (caller) => rig.ask(PutMemberRequest, { sessionId, userId: viewer.userId, role: 'viewer' }, caller)],
  ['extend', (caller) => rig.ask(ExtendSession, { sessionId }, caller)],
  ['restart', (caller) => rig.ask(RestartSystem, { sessionId, system: 'server' }, caller)],
  ['retry', (caller) => rig.ask(RetrySession, { sessionId }, caller)],
  ['pause', (caller) => rig.ask(PauseSession, { sessionId }, caller)],
  ['resume', (caller) => rig.ask(ResumeSession, { sessionId }, caller)],
  ['end', (caller) => rig.ask(EndSession, { sessionId }, caller)],
  // The last one: an operator may unlink themselves.
  ['unlink', (caller) => rig.ask(DeleteMember, { sessionId, userId: operator.userId }, caller)],
];
/** ok: done, or not possible in this phase; otherwise the status. */
const outcome = async (promise: Promise<unknown>) => {
  try {
    await promise;
    return 'ok';
  } catch (error) {
    const status: unknown = Reflect.get(Object(error), 'status');
    return status === 409 ? 'ok' : status;
  }
};
const outcomes = async (caller: Principal) => {
  const result: Record<string, unknown> = {};
  for (const [name, request] of requests) result[name] = await outcome(request(caller));
  return result;
};
const all = (value: unknown) => Object.fromEntries(requests.map(([name]) => [name, value]));

describe('S6: who may do what with a session', () => {
  it.each<[string, () => Principal, Record<string, unknown>]>([
    ['the owner', () => owner, all('ok')],
    ['the lecturer of the lab', () => lecturer, all('ok')],
    ['an admin', () => admin, all('ok')],
    [
      'an operator',
      () => operator,
      { ...all(403), get: 'ok', members: 'ok', credentials: 'ok', view: 'ok', control: 'ok', unlink: 'ok' },
    ],
    ['a viewer', () => viewer, { ...all(403), get: 'ok', members: 'ok', credentials: 'ok', view: 'ok' }],
    ['another learner', () => person('learner'), all(404)],
    ['the lecturer of another lab', () => stranger, all(404)],
  ])('is decided for %s', async (_, caller, expected) => {
    await ready();
    expect(await outcomes(caller())).toEqual(expected);
  });

  it('answers for a foreign session as for one that nobody has', async () => {
    const foreign = rig.ask(GetSession, { sessionId }, stranger);
    const nobodys = rig.ask(GetSession, { sessionId: '00000000-0000-4000-8000-000000000000' }, stranger);
    const [a, b] = await Promise.all(
      [foreign, nobodys].map((each) => each.catch((error: Error) => ({ ...error, message: error.message }))),
    );
    expect(a).toEqual(b);
  });

  it('shows lists by right, and everybody their role', async () => {
    const roles = async (caller: Principal) => {
      const { items } = await rig.ask(ListSessionsRequest, { labId, limit: 200 }, caller);
      return items.filter(({ id }) => id === sessionId).map(({ role }) => role);
    };
    const everyone = [owner, operator, viewer, lecturer, admin, stranger, person('learner')];
    expect(await Promise.all(everyone.map(roles))).toEqual([
      ['owner'],
      ['operator'],
      ['viewer'],
      ['staff'],
      ['staff'],
      [],
      [],
    ]);
  });

  it('tells other services whose session it is', async () => {
    expect(await rig.ask(GetAudience, { sessionId })).toEqual({
      ownerId: owner.userId,
      memberIds: expect.arrayContaining([operator.userId, viewer.userId]),
      labOwnerId: lecturer.userId,
    });
  });
});

describe('starting', () => {
  it('names the open session when there is one', async () => {
    await expect(rig.start(owner, labId)).rejects.toMatchObject({
      code: 'session_open',
      status: 409,
      detail: expect.stringContaining(sessionId),
      errors: [{ path: 'sessionId', message: sessionId }],
    });
    await rig.ask(EndSession, { sessionId }, owner);
    expect((await rig.start(owner, labId)).id).not.toBe(sessionId);
  });

  it("is refused for archived labs, private labs of others, and variables that are the lab's own", async () => {
    const yaml = sampleLab()['lab.yaml'] ?? '';
    const other = await rig.importLab(lecturer, sampleLab({ 'lab.yaml': yaml.replace('id: two-hosts', 'id: hidden') }));
    await expect(rig.start(owner, other.lab.id)).rejects.toMatchObject({ status: 404, code: 'lab_not_found' });
    await rig.ask(UpdateLabRequest, { labId: other.lab.id, visibility: 'public', archived: true }, lecturer);
    await expect(rig.start(owner, other.lab.id)).rejects.toMatchObject({ status: 409, code: 'lab_archived' });
    await rig.ask(UpdateLabRequest, { labId: other.lab.id, archived: false }, lecturer);
    const variables = { flag: 'mine', nonsense: 'x', greeting: 'hi' };
    await expect(rig.ask(StartSessionRequest, { labId: other.lab.id, variables }, owner)).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'variables.flag' }, { path: 'variables.nonsense' }],
    });
    await expect(rig.ask(StartSessionRequest, { labId: other.lab.id, version: 7 }, owner)).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('consoles', () => {
  it('open when the system is ready, with what the console service must know', async () => {
    const request = { ...console, sessionId, mode: 'control' } as const;
    await expect(rig.ask(OpenConsoleRequest, request, owner)).rejects.toMatchObject({
      status: 409,
      code: 'system_not_ready',
    });
    await ready();
    expect(await rig.ask(OpenConsoleRequest, request, owner)).toMatchObject({
      protocol: 'terminal',
      ticket: 'one-use',
    });
    expect(rig.neighbours.tickets.at(-1)).toEqual({
      sessionId,
      system: 'attacker',
      access: { name: 'shell', kind: 'terminal', command: ['bash', '-l'] },
      kind: 'terminal',
      mode: 'control',
      origin,
      user: { id: owner.userId, displayName: 'Ada', role: 'learner' },
    });
    await expect(rig.ask(OpenConsoleRequest, { ...request, access: 'nothing' }, owner)).rejects.toMatchObject({
      status: 404,
    });
    await rig.ask(EndSession, { sessionId }, owner);
    await expect(rig.ask(OpenConsoleRequest, request, owner)).rejects.toMatchObject({ status: 409 });
  });

  it('show how a machine boots: its serial line opens before the guest answers, its web page does not', async () => {
    const systems = [{ name: 'server', state: 'starting', stage: 'boot' } as const];
    await rig.publisher.publish(LabProgressed, { sessionId, generation: 1, systems }, { id: `${sessionId}.b` });
    const request = { sessionId, origin, system: 'server', mode: 'view' } as const;
    await vi.waitFor(
      async () =>
        expect(await rig.ask(OpenConsoleRequest, { ...request, access: 'console' }, owner)).toMatchObject({
          protocol: 'serial',
        }),
      20_000,
    );
    await expect(rig.ask(OpenConsoleRequest, { ...request, access: 'site' }, owner)).rejects.toMatchObject({
      code: 'system_not_ready',
    });
  });

  it('are closed for those who lose the right', async () => {
    const see = (userId: string, mode: 'view' | 'control', role: Principal['role'] = 'learner') => ({
      sessionId,
      userId,
      role,
      mode,
    });
    const viewers = [
      see(owner.userId, 'control'),
      see(operator.userId, 'control'),
      see(viewer.userId, 'view'),
      see(viewer.userId, 'control'),
      see(lecturer.userId, 'control', 'lecturer'),
      see(stranger.userId, 'view', 'lecturer'),
      { ...see(owner.userId, 'view'), sessionId: '00000000-0000-4000-8000-000000000000' },
    ];
    expect((await rig.ask(CheckViewers, { viewers })).revoked).toEqual([3, 5, 6]);
    await rig.ask(PutMemberRequest, { sessionId, userId: operator.userId, role: 'viewer' }, owner);
    await rig.ask(DeleteMember, { sessionId, userId: viewer.userId }, viewer);
    expect((await rig.ask(CheckViewers, { viewers })).revoked).toEqual([1, 2, 3, 5, 6]);
    const events = await rig.data.query<Array<{ removed: string[] }>>(
      `SELECT payload -> 'data' -> 'removedUserIds' AS removed FROM outbox WHERE type = 'lab.members.changed.v1' AND key = $1 ORDER BY position`,
      [sessionId],
    );
    expect(events.map(({ removed }) => removed)).toEqual([[], [], [operator.userId], [viewer.userId]]);
    await rig.ask(EndSession, { sessionId }, owner);
    expect((await rig.ask(CheckViewers, { viewers })).revoked).toHaveLength(viewers.length);
  });
});

describe('people', () => {
  it('must exist, and are not the owner', async () => {
    const link = (userId: string) => rig.ask(PutMemberRequest, { sessionId, userId, role: 'viewer' }, owner);
    await expect(link(person('learner').userId)).rejects.toMatchObject({ status: 404, code: 'member_not_found' });
    await expect(link(owner.userId)).rejects.toMatchObject({ status: 409, code: 'owner_is_no_member' });
  });
});
