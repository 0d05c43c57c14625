import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ConsoleTicket,
  LabEnded,
  LabMembersChanged,
  UserDeleted,
  UserDisabled,
  UserSignedOut,
} from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppClient } from '../testing/app-client.js';
import { ConsoleClient } from '../testing/console-client.js';
import { type Consoles, startConsoles, type TicketRequest } from '../testing/console-fixture.js';

let lab: Consoles;
let browser: AppClient;
beforeAll(async () => {
  lab = await startConsoles();
  browser = new AppClient(lab.port);
});
afterAll(() => lab?.stop());

const siteTicket = (change: Partial<TicketRequest> = {}) => lab.ticketFor({ access: lab.site, kind: 'web', ...change });
const liveTicket = (change: Partial<TicketRequest> = {}) => siteTicket({ access: lab.live, ...change });
const hostOf = ({ url }: ConsoleTicket) => new URL(url).host;

describe('a web app', () => {
  it('is entered by a ticket, and then by a cookie of its own host only', async () => {
    const ticket = await siteTicket();
    expect(ticket.url).toMatch(/^http:\/\/[0-9a-f]{30}\.apps\.localhost:8080\/\.lab\/enter$/);
    expect(ticket.url).not.toContain(ticket.ticket);
    const entered = await browser.enter(ticket);
    expect(entered.status).toBe(303);
    expect(entered.headers.get('location')).toBe('/hello');
    const setCookie = entered.headers.get('set-cookie') ?? '';
    expect(setCookie).toMatch(/^__Host-lab-app=.*; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
    const cookie = setCookie.split(';')[0] ?? '';
    const page = await browser.fetch(hostOf(ticket), '/hello', { headers: { cookie } });
    expect(await page.text()).toBe('lab page\r\n');
    expect(page.headers.get('set-cookie')).toBe('a=1');
    const seen = await lab.runtime.exec({ sessionId: lab.sessionId, system: 'desk' }, ['cat', '/tmp/request'], {
      timeoutMs: 5_000,
    });
    expect(seen.stdout).toContain('GET /hello');
    expect(seen.stdout).not.toContain('__Host-lab-app');
  });

  it('has the same host for the whole session', async () => {
    const [first, second] = [await siteTicket(), await siteTicket()];
    expect(first.url).toBe(second.url);
  });

  it.each([
    ['without a cookie', {}],
    ['with a forged cookie', { cookie: '__Host-lab-app=AAAA' }],
  ])('shows nothing %s', async (_, headers: Record<string, string>) => {
    expect((await browser.fetch(hostOf(await siteTicket()), '/hello', { headers })).status).toBe(401);
    expect((await browser.upgrade(hostOf(await liveTicket()), '/', headers)).status).toBe(401);
  });

  it('shows nothing with the cookie of another one', async () => {
    const ticket = await siteTicket();
    const headers = await browser.cookieFor(ticket);
    const other = hostOf(await liveTicket());
    expect(other).not.toBe(hostOf(ticket));
    expect((await browser.open(other, '/events', headers)).status).toBe(401);
    expect((await browser.upgrade(other, '/', headers)).status).toBe(401);
    expect((await browser.fetch(hostOf(ticket), '/hello', { headers })).status).toBe(200);
  });

  it('takes a ticket once, and from the platform only', async () => {
    const ticket = await siteTicket();
    expect((await browser.enter(ticket, 'http://evil.example')).status).toBe(403);
    expect((await browser.enter(ticket)).status).toBe(303);
    expect((await browser.enter(ticket)).status).toBe(401);
  });

  it.each<[string, () => Partial<TicketRequest>]>([
    ['a terminal', () => ({ access: lab.shell, kind: 'terminal' })],
    ['a terminal of its name', () => ({ access: { ...lab.shell, name: lab.site.name }, kind: 'terminal' })],
    ['another session', () => ({ sessionId: randomUUID() })],
    ['another system', () => ({ system: 'server' })],
    ['another app', () => ({ access: lab.live })],
  ])('takes no ticket of %s', async (_, change) => {
    const { url } = await siteTicket();
    const { ticket } = await siteTicket(change());
    expect((await browser.enter({ url, ticket })).status).toBe(401);
  });

  it('takes no form that is larger than a ticket', async () => {
    const ticket = await siteTicket();
    expect((await browser.enter(ticket, undefined, { more: 'x'.repeat(1_024) })).status).toBe(401);
    expect((await browser.enter(ticket)).status).toBe(303);
  });

  it('is nothing where no lab is', async () => {
    expect((await browser.fetch(`${'0'.repeat(30)}.apps.localhost:8080`, '/')).status).toBe(404);
    expect((await browser.fetch('localhost:8080', '/')).status).toBe(404);
  });
});

describe('a visit', () => {
  type Leaving = { sessionId: string; user: { id: string; familyId: string } };
  const id = () => ({ id: randomUUID() });
  const lost: Array<[string, (leaving: Leaving) => Promise<unknown>]> = [
    [
      'signed out',
      ({ user }) => lab.publisher.publish(UserSignedOut, { userId: user.id, familyId: user.familyId }, id()),
    ],
    ['was disabled', ({ user }) => lab.publisher.publish(UserDisabled, { userId: user.id }, id())],
    ['was deleted', ({ user }) => lab.publisher.publish(UserDeleted, { userId: user.id }, id())],
    [
      'was unlinked from the session',
      ({ sessionId, user }) => lab.publisher.publish(LabMembersChanged, { sessionId, removedUserIds: [user.id] }, id()),
    ],
    // Last: nobody visits this session after it.
    [
      'has no session any more',
      ({ sessionId }) => lab.publisher.publish(LabEnded, { sessionId, generation: 2, reason: 'user' }, id()),
    ],
  ];

  const visitor = () => ({ id: randomUUID(), displayName: 'Ada', role: 'learner' as const, familyId: randomUUID() });
  /** Comes in, and opens what stays open. */
  async function visit(user = visitor()) {
    const ticket = await liveTicket({ user });
    const [host, headers] = [hostOf(ticket), await browser.cookieFor(ticket)];
    const open = [await browser.upgrade(host, '/', headers), await browser.open(host, '/events', headers)];
    expect(open.map(({ status }) => status)).toEqual([101, 200]);
    const status = async () => (await browser.upgrade(host, '/', headers)).status;
    return { user, status, closed: Promise.all(open.map(({ closed }) => closed)).then(() => 'closed') };
  }

  it('goes on when another one ends', async () => {
    const staying = await visit();
    await lab.publisher.publish(UserDisabled, { userId: randomUUID() }, id());
    expect(await Promise.race([staying.closed, sleep(500, 'open')])).toBe('open');
    expect(await staying.status()).toBe(101);
  });

  it.each(lost)('ends, with what it has open and its unused tickets, when its visitor %s', async (_, lose) => {
    const { user, status, closed } = await visit();
    const unused = { app: await liveTicket({ user }), terminal: await lab.ticketFor({ user }) };
    await lose({ sessionId: lab.sessionId, user });
    expect(await Promise.race([closed, sleep(5_000, 'open')])).toBe('closed');
    await expect.poll(status, { timeout: 5_000 }).toBe(401);
    expect((await browser.enter(unused.app)).status).toBe(401);
    const terminal = await ConsoleClient.open(lab.port, unused.terminal);
    await expect(terminal.closed).resolves.toMatchObject({ code: 4401 });
  });
});
