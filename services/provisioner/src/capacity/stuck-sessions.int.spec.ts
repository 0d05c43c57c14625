import { randomUUID } from 'node:crypto';
import { type PrivateService, startRedis } from '@lab-orchestrator/dev';
import { BullModule, Processor } from '@nestjs/bullmq';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { queues, SessionJob } from '../queues/job-keys.js';
import { KeyWorker, keyWorkerOptions } from '../queues/key.worker.js';
import type { Outcome } from '../queues/outcome.js';
import { WakeQueue } from '../queues/wake.queue.js';
import { LAB_RUNTIME } from '../runtime.provider.js';
import { StuckSessions } from './stuck-sessions.js';

const held = { since: '2026-01-01T10:00:00.000Z', holders: ['ConfigMap/held is held by example.com/never', 'Pod/a'] };
const outcomes = new Map<string, Outcome>();

@Processor(queues.sessions, keyWorkerOptions)
class Looker extends KeyWorker<SessionJob> {
  constructor() {
    super(SessionJob, 4);
  }

  protected async look({ sessionId }: SessionJob) {
    return outcomes.get(sessionId) ?? { retryInMs: 3_600_000 };
  }
}

let redis: PrivateService;
let app: INestApplicationContext;
/** The runtime: only whether it can force matters here. */
const runtime: { forceRemove?: () => void } = {};
beforeAll(async () => {
  redis = await startRedis();
  @Module({
    imports: [
      BullModule.forRoot({ connection: { url: redis.url, maxRetriesPerRequest: null } }),
      BullModule.registerQueue(...Object.values(queues).map((name) => ({ name }))),
    ],
    providers: [WakeQueue, Looker, StuckSessions, { provide: LAB_RUNTIME, useValue: runtime }],
  })
  class QueueModule {}
  app = await NestFactory.createApplicationContext(QueueModule, { logger: ['error', 'fatal'] });
});
afterAll(async () => {
  await app.close();
  await redis.stop();
});

it('lists a removal that is held with its holders, until it is done, and what else does not move', async () => {
  const [waiting, removing] = [randomUUID(), randomUUID()];
  const stuck = app.get(StuckSessions);
  const wake = app.get(WakeQueue);
  outcomes.set(removing, { retryInMs: 3_600_000, held });
  await wake.session(waiting);
  await wake.session(removing);
  const cause = held.holders.join('; ');
  const item = { sessionId: removing, since: held.since, cause, canForce: false };
  await expect.poll(async () => (await stuck.list()).items).toMatchObject([item]);
  runtime.forceRemove = () => undefined;
  expect((await stuck.list()).items).toMatchObject([{ canForce: true, advice: expect.stringContaining('force') }]);
  const later = await stuck.list(Date.now() + 3_600_000);
  expect(later.items.map(({ sessionId }) => sessionId).toSorted()).toEqual([removing, waiting].toSorted());
  outcomes.set(removing, { done: true });
  await wake.session(removing);
  await expect.poll(async () => (await stuck.list()).items).toEqual([]);
});
