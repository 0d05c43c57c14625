import { setTimeout as sleep } from 'node:timers/promises';
import { defineEvent, defineRequest } from '@lab-orchestrator/contracts';
import { testDatabase, testNats } from '@lab-orchestrator/dev/testing';
import { Controller, Module } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { BaseConfig } from '../config/base-config.js';
import { EventPublisher } from '../events/event-publisher.js';
import { HandleEvent, HandleRequest } from '../messaging/handlers.js';
import { connectNats } from '../messaging/nats-connection.js';
import { RequestClient } from '../messaging/request-client.js';
import { type RunningService, startService } from './start-service.js';

const Ask = defineRequest('spec.things.ask', { request: z.object({}), reply: z.object({ answer: z.int() }) });
const Done = defineEvent('thing.done.v1', z.object({ id: z.string() }), (data) => data.id);

const finished: string[] = [];

@Controller()
class SlowController {
  @HandleRequest(Ask) async ask() {
    await sleep(400);
    finished.push('request');
    return { answer: 42 };
  }
  @HandleEvent(Done) async onDone() {
    finished.push('event started');
    await sleep(400);
    finished.push('event');
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

let nats: Awaited<ReturnType<typeof testNats>>;
let postgres: Awaited<ReturnType<typeof testDatabase>>;
let service: RunningService;

beforeEach(async () => {
  finished.length = 0;
  [nats, postgres] = await Promise.all([testNats(), testDatabase()]);
  service = await startService({
    name: 'slow',
    config: BaseConfig.parse({ LAB_NATS_URL: nats.url, LAB_LOG_LEVEL: 'silent', LAB_HEALTH_PORT: '0' }),
    module: SlowModule,
    database: { url: postgres.url, poolSize: 2, schema: 'slow', entities: [], migrations: [] },
  });
});

afterEach(async () => {
  await nats.stop();
  await postgres.drop();
});

it('answers and finishes what it holds before it is gone', async () => {
  const connection = await connectNats({ url: nats.url, name: 'caller' });
  const answer = new RequestClient(connection).call(Ask, {});
  await new EventPublisher(connection, 'spec').publish(Done, { id: 'a' }, { id: 'a' });
  await vi.waitFor(() => expect(finished).toContain('event started'));
  await service.stop();
  expect(finished.toSorted()).toEqual(['event', 'event started', 'request']);
  expect(await answer).toEqual({ answer: 42 });
  await connection.close();
});

it('is not ready from the first moment of its stop', async () => {
  const ready = async () => (await fetch(`http://127.0.0.1:${service.healthPort}/health/ready`)).status;
  await vi.waitFor(async () => expect(await ready()).toBe(200), 5_000);
  const connection = await connectNats({ url: nats.url, name: 'caller' });
  const answer = new RequestClient(connection).call(Ask, {});
  await sleep(100);
  const stopping = service.stop();
  expect(await ready()).toBe(503);
  await Promise.all([answer, stopping]);
  await connection.close();
});

it('stops although the broker is gone', async () => {
  await nats.kill();
  await sleep(100);
  const startedAt = Date.now();
  await service.stop();
  expect(Date.now() - startedAt).toBeLessThan(12_000);
});

it('is not ready while the broker is away, and ready again when it is back', async () => {
  const report = async () => (await fetch(`http://127.0.0.1:${service.healthPort}/health/ready`)).json();
  await nats.kill();
  await vi.waitFor(
    async () => expect(await report()).toMatchObject({ status: 'not_ready', parts: { nats: { ok: false } } }),
    5_000,
  );
  await nats.restart();
  await vi.waitFor(async () => expect(await report()).toMatchObject({ status: 'ready' }), 15_000);
  await service.stop();
});
