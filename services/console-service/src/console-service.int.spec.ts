import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabEnded, LabMembersChanged, UserDisabled, UserSignedOut } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ConsoleClient } from './testing/console-client.js';
import { type Consoles, origin, owner, startConsoles } from './testing/console-fixture.js';

let lab: Consoles;
beforeAll(async () => void (lab = await startConsoles()));
afterAll(() => lab?.stop());

const open = async (change: Parameters<Consoles['ticketFor']>[0] = {}) =>
  ConsoleClient.open(lab.port, await lab.ticketFor(change));
/** Another access entry is another upstream, so that specs do not share a shell. */
const ownShell = () => ({ access: { ...lab.shell, name: `s${randomUUID().slice(0, 8)}` } });

describe('a terminal', () => {
  it('types into the system and shows its answer; somebody works there', async () => {
    const client = await open(ownShell());
    client.type('echo $((6*7))-$(hostname)\n');
    await client.sees('42-desk');
    await client.close();
    expect(owner.active).toContain(lab.sessionId);
  });

  it('has the size that the browser says', async () => {
    const client = await open(ownShell());
    client.tell({ type: 'resize', cols: 101, rows: 33 });
    await sleep(300);
    client.type('stty size\n');
    await client.sees('33 101');
    await client.close();
  });

  it('shows the screen again after a reload, and runs nothing twice', async () => {
    const shell = ownShell();
    const before = await open(shell);
    before.type('n=0; n=$((n+1)); echo count-$n\n');
    await before.sees('count-1');
    await before.close();
    const after = await open(shell);
    await after.sees('count-1');
    after.type('echo again-$n\n');
    await after.sees('again-1');
    expect(after.controls.slice(0, 2)).toEqual([{ type: 'replay' }, { type: 'live' }]);
    await after.close();
  });

  it('is shared: a watcher sees everything and types nothing', async () => {
    const shell = ownShell();
    const user = { id: randomUUID(), displayName: 'Grace', role: 'lecturer' as const };
    const worker = await open(shell);
    const watcher = await open({ ...shell, mode: 'view', user });
    watcher.type('echo typed-by-watcher\n');
    worker.type('echo from-worker\n');
    await watcher.sees('from-worker');
    await sleep(200);
    expect(worker.screen).not.toContain('typed-by-watcher');
    expect(worker.controls.at(-1)).toEqual({
      type: 'viewers',
      viewers: [
        { name: 'Ada', mode: 'control' },
        { name: 'Grace', mode: 'view' },
      ],
    });
    await Promise.all([worker.close(), watcher.close()]);
  });

  it('says how its program ended', async () => {
    const client = await open(ownShell());
    client.type('exit 3\n');
    await expect(client.closed).resolves.toMatchObject({ code: 4404 });
    expect(client.controls).toContainEqual({ type: 'exit', code: 3 });
  });

  it('is not reachable where the system does not exist', async () => {
    const client = await open({ system: 'nobody' });
    await expect(client.closed).resolves.toMatchObject({ code: 4503 });
  });
});

describe('rights that are lost close consoles within 5 s', () => {
  const user = () => ({ id: randomUUID(), displayName: 'Ada', role: 'learner' as const, familyId: randomUUID() });
  const closesWith = async (client: ConsoleClient, code: number) => {
    const closed = await Promise.race([client.closed, sleep(5_000, undefined)]);
    expect(closed?.code).toBe(code);
  };

  it('by signing out, for that browser only', async () => {
    const [leaving, staying] = [user(), user()];
    const shell = ownShell();
    const gone = await open({ ...shell, user: leaving });
    const there = await open({ ...shell, user: staying });
    await lab.publisher.publish(
      UserSignedOut,
      { userId: leaving.id, familyId: leaving.familyId },
      { id: randomUUID() },
    );
    await closesWith(gone, 4403);
    expect(there.socket.readyState).toBe(WebSocket.OPEN);
    await there.close();
  });

  it('by being disabled', async () => {
    const lost = user();
    const client = await open({ ...ownShell(), user: lost });
    await lab.publisher.publish(UserDisabled, { userId: lost.id }, { id: randomUUID() });
    await closesWith(client, 4403);
  });

  it('by being unlinked from the session', async () => {
    const member = user();
    const client = await open({ ...ownShell(), user: member });
    await lab.publisher.publish(
      LabMembersChanged,
      { sessionId: lab.sessionId, removedUserIds: [member.id] },
      { id: randomUUID() },
    );
    await closesWith(client, 4403);
  });

  it('by a lost right that no event told of', async () => {
    const demoted = user();
    const client = await open({ ...ownShell(), user: demoted });
    owner.revoked = (viewers) => viewers.flatMap(({ userId }, index) => (userId === demoted.id ? [index] : []));
    await closesWith(client, 4403);
    owner.revoked = () => [];
  });
});

describe('a web app', () => {
  const enter = async (ticket: { url: string; ticket: string }, from = origin) => {
    const { host, pathname } = new URL(ticket.url);
    return fetchAs(host, pathname, {
      method: 'POST',
      headers: { origin: from },
      body: new URLSearchParams({ ticket: ticket.ticket }),
    });
  };
  const webTicket = () => lab.ticketFor({ access: lab.site, kind: 'web' });

  it('is entered by a ticket, and then by a cookie of its own host only', async () => {
    const ticket = await webTicket();
    expect(ticket.url).toMatch(/^http:\/\/[0-9a-f]{30}\.apps\.localhost:8080\/\.lab\/enter$/);
    expect(ticket.url).not.toContain(ticket.ticket);
    const entered = await enter(ticket);
    expect(entered.status).toBe(303);
    expect(entered.headers.get('location')).toBe('/hello');
    const setCookie = entered.headers.get('set-cookie') ?? '';
    expect(setCookie).toMatch(/^__Host-lab-app=.*; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
    const { host } = new URL(ticket.url);
    const page = await fetchAs(host, '/hello', { headers: { cookie: setCookie.split(';')[0] ?? '' } });
    expect(await page.text()).toBe('lab page\r\n');
    expect(page.headers.get('set-cookie')).toBe('a=1');
    const seen = await lab.runtime.exec({ sessionId: lab.sessionId, system: 'desk' }, ['cat', '/tmp/request'], {
      timeoutMs: 5_000,
    });
    expect(seen.stdout).toContain('GET /hello');
    expect(seen.stdout).not.toContain('__Host-lab-app');
  });

  it('has the same host for the whole session', async () => {
    const [first, second] = [await webTicket(), await webTicket()];
    expect(first.url).toBe(second.url);
  });

  it.each([
    ['without a cookie', {}],
    ['with a forged cookie', { cookie: '__Host-lab-app=AAAA' }],
  ])('shows nothing %s', async (_, headers) => {
    const { host } = new URL((await webTicket()).url);
    expect((await fetchAs(host, '/hello', { headers })).status).toBe(401);
  });

  it('takes a ticket once, and from the platform only', async () => {
    const ticket = await webTicket();
    expect((await enter(ticket, 'http://evil.example')).status).toBe(403);
    expect((await enter(ticket)).status).toBe(303);
    expect((await enter(ticket)).status).toBe(401);
  });

  it('takes no ticket of a terminal', async () => {
    const { url } = await webTicket();
    const { ticket } = await lab.ticketFor();
    expect((await enter({ url, ticket })).status).toBe(401);
  });

  it('is nothing where no lab is', async () => {
    expect((await fetchAs(`${'0'.repeat(30)}.apps.localhost:8080`, '/', {})).status).toBe(404);
    expect((await fetchAs('localhost:8080', '/', {})).status).toBe(404);
  });

  async function fetchAs(
    host: string,
    path: string,
    init: { method?: string; headers?: Record<string, string>; body?: URLSearchParams },
  ) {
    const { request } = await import('node:http');
    return new Promise<Response>((resolve, reject) => {
      const body = init.body?.toString();
      const headers = {
        host,
        ...init.headers,
        ...(body !== undefined && {
          'content-length': String(body.length),
          'content-type': 'application/x-www-form-urlencoded',
        }),
      };
      const outgoing = request(
        { host: '127.0.0.1', port: lab.port, path, method: init.method ?? 'GET', headers },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () =>
            resolve(
              new Response(answer.statusCode === 303 ? null : Buffer.concat(chunks), {
                status: answer.statusCode ?? 0,
                headers: Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]),
              }),
            ),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
});

describe('the end of a session', () => {
  it('closes every console of it', async () => {
    const client = await open(ownShell());
    await lab.publisher.publish(
      LabEnded,
      { sessionId: lab.sessionId, generation: 2, reason: 'user' },
      { id: randomUUID() },
    );
    await expect(client.closed).resolves.toMatchObject({ code: 4404 });
  });
});
