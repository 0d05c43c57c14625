import { randomUUID } from 'node:crypto';
import { type PrivateService, startRedis } from '@lab-orchestrator/dev';
import { BullModule, getQueueToken, Processor } from '@nestjs/bullmq';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queues, SessionJob } from './job-keys.js';
import { KeyWorker, keyWorkerOptions } from './key.worker.js';
import { done, type Outcome, retryIn } from './outcome.js';
import { WakeQueue } from './wake.queue.js';

/** What a case wants a look at a session to come to, and how often each was looked at. */
const outcomes = new Map<string, (looks: number) => Outcome | Promise<Outcome>>();
const looks = new Map<string, number>();
const looksAt = (sessionId: string) => looks.get(sessionId) ?? 0;

@Processor(queues.sessions, keyWorkerOptions)
class Looker extends KeyWorker<SessionJob> {
  constructor() {
    super(SessionJob, 4);
  }

  protected async look({ sessionId }: SessionJob) {
    looks.set(sessionId, looksAt(sessionId) + 1);
    return (await outcomes.get(sessionId)?.(looksAt(sessionId))) ?? done;
  }
}

let redis: PrivateService;
let admin: Redis;
let app: INestApplicationContext;
let wake: WakeQueue;
let sessions: Queue<SessionJob>;

beforeAll(async () => {
  redis = await startRedis();
  admin = new Redis(redis.url, { maxRetriesPerRequest: null });
  @Module({
    imports: [
      BullModule.forRoot({ connection: { url: redis.url, maxRetriesPerRequest: null } }),
      BullModule.registerQueue(...Object.values(queues).map((name) => ({ name }))),
    ],
    providers: [WakeQueue, Looker],
  })
  class QueueModule {}
  app = await NestFactory.createApplicationContext(QueueModule, { logger: ['error', 'fatal'] });
  wake = app.get(WakeQueue);
  sessions = app.get(getQueueToken(queues.sessions));
});
afterAll(async () => {
  await app.close();
  admin.disconnect();
  await redis.stop();
});

/** A session of a case. */
function session(outcome: (looks: number) => Outcome | Promise<Outcome>): string {
  const sessionId = randomUUID();
  outcomes.set(sessionId, outcome);
  return sessionId;
}

/** How often a script was run: by hints only, for a queue that no worker takes from. */
async function scriptRuns(): Promise<number> {
  const stats = await admin.info('commandstats');
  const calls = [...stats.matchAll(/cmdstat_(?:eval|evalsha):calls=(\d+)/g)].map(([, count]) => Number(count));
  return calls.reduce((sum, count) => sum + count, 0);
}

describe('a hint', () => {
  it('makes a look', async () => {
    const sessionId = session(() => done);
    await wake.session(sessionId);
    await expect.poll(() => looksAt(sessionId)).toBe(1);
  });

  it('to a key that waits for its next look brings it forward', async () => {
    const sessionId = session((count) => (count < 3 ? retryIn(3_600_000) : done));
    await wake.session(sessionId);
    await expect.poll(() => sessions.getDelayedCount()).toBe(1);
    for (const count of [2, 3]) {
      await wake.session(sessionId);
      await expect.poll(() => looksAt(sessionId)).toBe(count);
    }
    await expect.poll(() => sessions.getJobCountByTypes('active', 'delayed', 'wait')).toBe(0);
  });

  it('during a run makes one more, however many there are', async () => {
    const gate = Promise.withResolvers<Outcome>();
    const sessionId = session((count) => (count === 1 ? gate.promise : done));
    await wake.session(sessionId);
    await expect.poll(() => looksAt(sessionId)).toBe(1);
    await Promise.all(Array.from({ length: 20 }, () => wake.session(sessionId)));
    gate.resolve(done);
    await expect.poll(() => looksAt(sessionId)).toBe(2);
    await expect.poll(() => sessions.getJobCountByTypes('active', 'delayed', 'wait')).toBe(0);
    expect(looksAt(sessionId)).toBe(2);
  });

  it('during a run that asks for a later look is kept beyond that look', async () => {
    const gate = Promise.withResolvers<Outcome>();
    const sessionId = session((count) => (count === 1 ? gate.promise : done));
    await wake.session(sessionId);
    await expect.poll(() => looksAt(sessionId)).toBe(1);
    await wake.session(sessionId);
    gate.resolve(retryIn(200));
    await expect.poll(() => looksAt(sessionId)).toBe(3);
  });

  it('is one call to Redis, whether or not the key is known already', async () => {
    const before = await scriptRuns();
    for (let count = 0; count < 10; count += 1) await wake.image('debian');
    expect((await scriptRuns()) - before).toBe(10);
  });
});
