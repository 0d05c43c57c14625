import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabEnded, LabMembersChanged, UserDisabled, UserSignedOut } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ConsoleClient } from './testing/console-client.js';
import { type Consoles, owner, startConsoles } from './testing/console-fixture.js';

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
    // A busy engine takes its time.
    client.type(`until [ "$(stty size)" = "33 101" ]; do sleep 0.1; done; echo re""sized\n`);
    await client.sees('resized');
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

  it('takes no message that is larger than a big paste', async () => {
    const client = await open(ownShell());
    client.type('x'.repeat((1 << 20) + 1));
    await expect(client.closed).resolves.toMatchObject({ code: 1009 });
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
