import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsoleTicket } from '@lab-orchestrator/contracts';
import { expect, it } from 'vitest';
import { AppClient } from '../testing/app-client.js';
import { startConsoles } from '../testing/console-fixture.js';

it('a service that stops lets apps finish their answers, and holds nothing open for those that never end', async () => {
  const lab = await startConsoles();
  try {
    const browser = new AppClient(lab.port);
    const ticket: ConsoleTicket = await lab.ticketFor({ access: lab.live, kind: 'web' });
    const { host } = new URL(ticket.url);
    const headers = await browser.cookieFor(ticket);
    const socket = await browser.upgrade(host, '/', headers);
    const endless = await browser.open(host, '/events', headers);
    const answer = await browser.open(host, '/slow', headers);
    expect([socket.status, endless.status, answer.status]).toEqual([101, 200, 200]);
    expect(await Promise.race([answer.closed, sleep(100, 'on its way')])).toBe('on its way');

    const stopped = lab.service.stop();
    await socket.closed;
    expect(await answer.closed).toBe('done');
    await endless.closed;
    await stopped;
  } finally {
    await lab.stop();
  }
});
