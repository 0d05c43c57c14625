import { randomUUID } from 'node:crypto';
import { type RunningAuthService, runAuthService, principal } from '@lab-orchestrator/auth-service/testing';
import {
  CreateUserRequest,
  GetAudience,
  ImageProgressed,
  LabMembersChanged,
  LabProvisioned,
  UpdateUserRequest,
} from '@lab-orchestrator/contracts';
import { EventPublisher } from '@lab-orchestrator/platform';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEvents } from '../testing/event-reader.fixture.js';
import { runGateway, type RunningGateway } from '../testing/running-gateway.fixture.js';
import { standIn, type StandIn } from '../testing/stand-in.fixture.js';

const password = 'a long enough password';
const sessions = { own: randomUUID(), shared: randomUUID(), foreign: randomUUID() };

let auth: RunningAuthService;
let gateway: RunningGateway;
let peer: StandIn;
let learnerId: string;
let members: string[];
const tokens: Record<string, string> = {};
beforeAll(async () => {
  auth = await runAuthService();
  gateway = await runGateway({ LAB_NATS_URL: auth.nats.url, LAB_EVENT_STREAMS_PER_USER: '3' });
  tokens['admin'] = (await auth.signIn('admin', auth.adminPassword)).accessToken;
  for (const role of ['learner', 'lecturer'] as const) {
    const user = { username: role, displayName: role, role, password };
    const { id } = await auth.requests.call(CreateUserRequest, user, {
      principal: principal('admin'),
      deadlineMs: 20_000,
    });
    if (role === 'learner') learnerId = id;
    tokens[role] = (await auth.signIn(role, password)).accessToken;
  }
  members = [learnerId];
  // In place of lab-service, over the real broker.
  peer = await standIn(auth.nats.url);
  peer.answerWith(GetAudience, async (body) => {
    const { sessionId } = Object(body);
    return {
      ownerId: sessionId === sessions.own ? learnerId : randomUUID(),
      memberIds: sessionId === sessions.shared ? members : [],
    };
  });
});
afterAll(async () => {
  await peer.stop();
  await gateway.stop();
  await auth.stop();
});

const publisher = () => gateway.service.app.get(EventPublisher);
const ready = (sessionId: string) =>
  publisher().publish(LabProvisioned, { sessionId, generation: 1 }, { id: randomUUID() });
const open = (token: string, query = '', lastEventId?: string) =>
  openEvents(`${gateway.url}/api/v1/events${query}`, token, lastEventId);
const sessionOf = ({ data }: { data: unknown }) => Object(data).subject;

describe('live events', () => {
  it('reach who may see them, and nobody else', async () => {
    const [learner, lecturer] = [await open(tokens['learner'] ?? ''), await open(tokens['lecturer'] ?? '')];
    for (const id of [sessions.foreign, sessions.own, sessions.shared]) await ready(id);
    await publisher().publish(ImageProgressed, { imageId: 'debian', percent: 5 }, { id: randomUUID() });
    expect((await learner.take(2)).map(sessionOf)).toEqual([sessions.own, sessions.shared]);
    expect((await lecturer.take(4)).map(({ event }) => event)).toEqual([
      'lab.provisioned.v1',
      'lab.provisioned.v1',
      'lab.provisioned.v1',
      'image.progressed.v1',
    ]);
    await Promise.all([learner.close(), lecturer.close()]);
  });

  it('stop for somebody who is no member any more', async () => {
    const learner = await open(tokens['learner'] ?? '');
    members = [];
    await publisher().publish(
      LabMembersChanged,
      { sessionId: sessions.shared, removedUserIds: [learnerId] },
      { id: randomUUID() },
    );
    await ready(sessions.shared);
    await ready(sessions.own);
    expect((await learner.take(1)).map(sessionOf)).toEqual([sessions.own]);
    await learner.close();
  });

  it('are filtered as asked', async () => {
    const admin = await open(tokens['admin'] ?? '', `?types=lab.*&sessionId=${sessions.own}`);
    await ready(sessions.foreign);
    await publisher().publish(ImageProgressed, { imageId: 'debian' }, { id: randomUUID() });
    await ready(sessions.own);
    expect((await admin.take(1)).map(sessionOf)).toEqual([sessions.own]);
    await admin.close();
  });
});

describe('coming back', () => {
  it('goes on where it was, without a gap and without a repeat', async () => {
    const first = await open(tokens['admin'] ?? '');
    await ready(sessions.own);
    const [seen] = await first.take(1);
    await first.close();
    for (const id of [sessions.shared, sessions.foreign]) await ready(id);
    const again = await open(tokens['admin'] ?? '', '?types=lab.*', seen?.id);
    expect((await again.take(2)).map(sessionOf)).toEqual([sessions.shared, sessions.foreign]);
    await again.close();
  });

  it.each(['999999999', 'nonsense'])('from a place that is not known (%s) is told as a reset', async (lastEventId) => {
    const stream = await open(tokens['admin'] ?? '', '', lastEventId);
    expect(await stream.take(1)).toEqual([expect.objectContaining({ event: 'reset' })]);
    await stream.close();
  });
});

describe('open connections', () => {
  it('are few per user', async () => {
    const streams = await Promise.all([1, 2, 3].map(() => open(tokens['lecturer'] ?? '')));
    const answer = await gateway.call('GET', '/events', { token: tokens['lecturer'] ?? '' });
    expect(answer).toMatchObject({ status: 429, body: { code: 'too_many_streams' } });
    await Promise.all(streams.map((stream) => stream.close()));
  });

  it('and tokens end within seconds when the user is disabled', async () => {
    const stream = await open(tokens['learner'] ?? '');
    const startedAt = Date.now();
    await auth.requests.call(
      UpdateUserRequest,
      { userId: learnerId, disabled: true },
      { principal: principal('admin') },
    );
    await stream.ended;
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    expect(await gateway.call('GET', '/users/me', { token: tokens['learner'] ?? '' })).toMatchObject({ status: 401 });
  });
});
