import { connect } from 'node:net';
import { type RunningAuthService, runAuthService } from '@lab-orchestrator/auth-service/testing';
import { GetLab, ListSessionsRequest, StartSessionRequest, UpdateLabRequest } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGateway, type RunningGateway } from '../testing/running-gateway.fixture.js';
import { lab, session } from '../testing/samples.fixture.js';
import { standIn, type StandIn } from '../testing/stand-in.fixture.js';

let auth: RunningAuthService;
let gateway: RunningGateway;
let peer: StandIn;
let token: string;
beforeAll(async () => {
  auth = await runAuthService();
  gateway = await runGateway({ LAB_NATS_URL: auth.nats.url });
  // lab-service is not under test: a peer at the edge answers in its place, over the real broker.
  peer = await standIn(auth.nats.url);
  peer.answer(StartSessionRequest, session);
  peer.answer(ListSessionsRequest, { items: [] });
  peer.answer(GetLab, lab);
  peer.answer(UpdateLabRequest, { ...lab, revision: 6 });
  token = (await auth.signIn('admin', auth.adminPassword)).accessToken;
});
afterAll(async () => {
  await peer.stop();
  await gateway.stop();
  await auth.stop();
});

const labId = lab.id;
const start = (body: unknown, headers: Record<string, string> = {}) =>
  gateway.call('POST', '/sessions', { token, body, headers });
const errorsOf = (body: unknown) => Object(body).errors;

describe('bodies', () => {
  it('that fit are handed on with the one who sent them', async () => {
    expect(await start({ labId })).toMatchObject({ status: 201, body: session });
    expect(peer.received.at(-1)).toMatchObject({
      subject: 'lab.sessions.start',
      body: { labId },
      principal: { username: 'admin', role: 'admin', via: 'session' },
    });
  });

  it.each([
    [{ labId, admin: true }, ''],
    [{}, 'labId'],
    [{ labId: 'x' }, 'labId'],
    [{ labId: [labId] }, 'labId'],
    [{ labId, version: 0 }, 'version'],
    [{ labId, version: '1' }, 'version'],
    [{ labId, variables: { name: 7 } }, 'variables.name'],
    [{ labId, variables: { name: 'a\0' } }, 'variables.name'],
    [{ labId, variables: [] }, 'variables'],
    [[], ''],
    ['"text"', ''],
    ['null', 'labId'],
  ])('%j is refused at %j', async (body, path) => {
    const { status, body: problem, headers } = await start(body);
    expect({ status, problem }).toMatchObject({
      status: 400,
      problem: { code: 'invalid_request', requestId: headers.get('x-request-id') },
    });
    expect(errorsOf(problem)).toContainEqual({ path, message: expect.any(String) });
  });

  it.each<[string, string, object, string]>([
    ['PUT', 'answers/colour', { value: 'a\0' }, 'value'],
    ['PUT', 'answers/colour', { value: '\ud83d' }, 'value'],
    ['POST', 'steps/ttl/answer', { answer: 'a\0' }, 'answer'],
    ['POST', 'steps/ttl/answer', { answer: ['a', '\0'] }, 'answer.1'],
  ])('%s %s with what no database keeps is refused by its name', async (method, path, body, field) => {
    const answer = await gateway.call(method, `/sessions/${session.id}/${path}`, { token, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(errorsOf(answer.body)).toEqual([{ path: field, message: 'must not contain NUL or half a character' }]);
  });

  it.each<[string, string, object | undefined, string]>([
    ['POST', '/auth/login', { username: 'a\0', password: 'p' }, 'username'],
    ['PATCH', '/users/me', { displayName: 'a\0' }, 'displayName'],
    ['POST', '/users/me/tokens', { name: 'a\0', scopes: ['sessions:read'] }, 'name'],
    ['GET', '/users?search=%00', undefined, 'search'],
    ['GET', '/labs?search=%00', undefined, 'search'],
    ['GET', '/images?search=%00', undefined, 'search'],
    ['GET', '/sessions?search=%00', undefined, 'search'],
    ['GET', '/audit?action=%00', undefined, 'action'],
  ])('%s %s with a NUL is refused by the name of the field', async (method, path, body, field) => {
    const answer = await gateway.call(method, path, { token, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(errorsOf(answer.body).map((error: { path: string }) => error.path)).toContain(field);
  });

  it.each([
    ['broken JSON', '{"labId":', 'application/json', 400],
    ['a polluted prototype', `{"labId":"${labId}","__proto__":{"admin":true}}`, 'application/json', 400],
    ['a form', `labId=${labId}`, 'application/x-www-form-urlencoded', 415],
    ['plain text', `{"labId":"${labId}"}`, 'text/plain', 415],
    ['XML', '<labId/>', 'application/xml', 415],
    ['more than 1 MiB', JSON.stringify({ labId, variables: { a: 'x'.repeat(1_100_000) } }), 'application/json', 413],
  ])('%s is refused', async (_, body, contentType, expected) => {
    const answer = await start(body, { 'content-type': contentType });
    expect(answer.status).toBe(expected);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status: expected, code: expect.any(String) });
  });
});

describe('queries and paths', () => {
  it.each(['limit=0', 'limit=201', 'limit=x', 'state=gone', 'labId=1', 'surprise=1', 'limit=1&limit=2', 'mine=maybe'])(
    '?%s is refused',
    async (query) => {
      expect(await gateway.call('GET', `/sessions?${query}`, { token })).toMatchObject({
        status: 400,
        body: { code: 'invalid_request' },
      });
    },
  );

  it('hands yes and no on as such', async () => {
    expect(await gateway.call('GET', '/sessions?mine=true&limit=5', { token })).toMatchObject({ status: 200 });
    expect(peer.received.at(-1)?.body).toMatchObject({ mine: true, limit: 5 });
  });

  it.each(['/sessions/1', '/sessions/%2e%2e', '/labs/..%2f..', "/users/' OR 1=1", '/sessions/*'])(
    '%s is refused',
    async (path) => {
      expect([400, 404]).toContain((await gateway.call('GET', path, { token })).status);
    },
  );

  it('answers JSON for what does not exist, never the web app', async () => {
    expect(await gateway.call('GET', '/nothing', { token })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
    expect(await gateway.call('POST', '/nothing', { token, body: {} })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
  });
});

describe('revisions', () => {
  it('are told as an ETag and honoured as If-Match', async () => {
    expect((await gateway.call('GET', `/labs/${labId}`, { token })).headers.get('etag')).toBe('"5"');
    const changed = await gateway.call('PATCH', `/labs/${labId}`, {
      token,
      body: { archived: true },
      headers: { 'if-match': '"5"' },
    });
    expect(changed.headers.get('etag')).toBe('"6"');
    expect(peer.received.at(-1)?.body).toMatchObject({ labId, archived: true, revision: 5 });
  });

  it('that are not ours are a precondition that fails', async () => {
    const answer = await gateway.call('PATCH', `/labs/${labId}`, {
      token,
      body: { archived: true },
      headers: { 'if-match': 'W/"x"' },
    });
    expect(answer).toMatchObject({ status: 412, body: { code: 'precondition_failed' } });
  });
});

describe('answers of services', () => {
  it('that refuse arrive as they were said', async () => {
    peer.refuse(StartSessionRequest, 409, 'session_open');
    expect(await start({ labId })).toMatchObject({ status: 409, body: { code: 'session_open' } });
    peer.answer(StartSessionRequest, session);
  });

  it('that do not come are 503 with a time to wait, and tell nothing else', async () => {
    const answer = await gateway.call('GET', `/sessions/${session.id}`, { token });
    expect(answer).toMatchObject({ status: 503, body: { code: 'temporarily_unavailable' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.stringify(answer.body)).not.toContain('lab.sessions');
  });
});

describe('request ids', () => {
  it('are taken when they are harmless, and replaced when not', async () => {
    const idFor = async (id: string) =>
      (await gateway.call('GET', '/users/me', { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await idFor('abc-12345678')).toBe('abc-12345678');
    for (const id of ['x', 'a b c d e f g h', '<script>alert(1)</script>', 'a'.repeat(200)])
      expect(await idFor(id)).toMatch(/^[\w-]{36}$/);
  });
});

it('is not confused by two lengths in one request', async () => {
  const { port } = new URL(gateway.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    'POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x',
  );
  const [head] = await new Promise<Buffer[]>((resolve) => socket.once('data', (chunk) => resolve([chunk])));
  expect(head?.toString()).toMatch(/^HTTP\/1.1 400/);
  socket.destroy();
});
