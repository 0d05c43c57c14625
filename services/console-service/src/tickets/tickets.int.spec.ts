import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ConsoleClient } from '../testing/console-client.js';
import { type Consoles, startConsoles } from '../testing/console-fixture.js';

let lab: Consoles;
beforeAll(async () => void (lab = await startConsoles()));
afterAll(() => lab?.stop());

describe('tickets', () => {
  it('work once', async () => {
    const ticket = await lab.ticketFor();
    await (await ConsoleClient.open(lab.port, ticket)).close();
    const second = await ConsoleClient.open(lab.port, ticket);
    await expect(second.closed).resolves.toMatchObject({ code: 4401 });
  });

  it.each(['', 'x', 'A'.repeat(43), `${'A'.repeat(42)}!`])('refuse the forged %j', async (forged) => {
    const client = await ConsoleClient.open(lab.port, { ...(await lab.ticketFor()), ticket: forged });
    await expect(client.closed).resolves.toMatchObject({ code: 4401 });
  });

  it('expire: they live half a minute in Redis, and are nothing once that is over', async () => {
    const ticket = await lab.ticketFor();
    const redis = new Redis(lab.redisUrl);
    try {
      const keys = await redis.keys('lab:console:ticket:*');
      const lives = await Promise.all(keys.map((key) => redis.pttl(key)));
      expect(lives.length).toBeGreaterThan(0);
      expect(lives.every((ms) => ms > 0 && ms <= 30_000)).toBe(true);
      // The clock of Redis is moved on, for these keys.
      for (const key of keys) await redis.pexpire(key, 1);
      await expect.poll(() => redis.exists(...keys)).toBe(0);
    } finally {
      redis.disconnect();
    }
    const client = await ConsoleClient.open(lab.port, ticket);
    await expect(client.closed).resolves.toMatchObject({ code: 4401 });
  });

  it('are bound to their protocol', async () => {
    const client = await ConsoleClient.open(lab.port, { ...(await lab.ticketFor()), protocol: 'desktop' });
    await expect(client.closed).resolves.toMatchObject({ code: 4401 });
  });

  it.each([
    'http://evil.example',
    'http://localhost:8080.evil.example',
    'https://localhost:8080',
    'http://localhost',
    'http://sub.localhost:8080',
    'null',
    'http://localhost:8081',
    'HTTP://LOCALHOST:8080',
  ])('open nothing from %s', async (foreign) => {
    await expect(ConsoleClient.open(lab.port, await lab.ticketFor(), foreign)).rejects.toThrow('403');
  });

  it('open nothing without an origin', async () => {
    const { ticket } = await lab.ticketFor();
    const socket = new WebSocket(`ws://127.0.0.1:${lab.port}/consoles/connect`, ['lab.terminal', `ticket.${ticket}`]);
    await expect(new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))).rejects.toThrow(
      '403',
    );
  });

  it('are not issued for another origin', async () => {
    await expect(lab.ticketFor({ origin: 'http://evil.example' })).rejects.toMatchObject({
      code: 'origin_not_allowed',
    });
  });
});
