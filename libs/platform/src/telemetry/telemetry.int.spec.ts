import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defineEvent, defineRequest } from '@lab-orchestrator/contracts';
import { testNats } from '@lab-orchestrator/dev/testing';
import { Controller, Get, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startService } from '../bootstrap/start-service.js';
import { BaseConfig } from '../config/base-config.js';
import { EventPublisher } from '../events/event-publisher.js';
import { HandleEvent, HandleRequest } from '../messaging/handlers.js';
import { RequestClient } from '../messaging/request-client.js';

const Greet = defineRequest('traced.people.greet', { request: z.strictObject({}), reply: z.strictObject({}) });
const Greeted = defineEvent('lab.greeted.v1', z.object({ id: z.string() }), ({ id }) => id);

interface SentSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
}
const sent: SentSpan[] = [];
let collector: Server;

/** As much of a collector as reads spans: the product speaks OTLP over HTTP to whatever people run. */
function listen() {
  return createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[];
      };
      for (const { scopeSpans } of body.resourceSpans) for (const { spans } of scopeSpans) sent.push(...spans);
      reply.setHeader('content-type', 'application/json').end('{}');
    });
  }).listen(0, '127.0.0.1');
}

@Controller()
class Door {
  static handled: (() => void) | undefined;
  constructor(
    private readonly requests: RequestClient,
    private readonly events: EventPublisher,
  ) {}

  @Get('greeting')
  async greeting() {
    return this.requests.call(Greet, {});
  }

  @HandleRequest(Greet)
  async greet() {
    await this.events.publish(Greeted, { id: 'one' }, { id: 'greeted-one' });
    return {};
  }

  @HandleEvent(Greeted)
  onGreeted() {
    Door.handled?.();
  }
}
@Module({ controllers: [Door] })
class DoorModule {}

let nats: Awaited<ReturnType<typeof testNats>>;
beforeAll(async () => {
  nats = await testNats();
  collector = listen();
  await once(collector, 'listening');
});
afterAll(async () => {
  collector.close();
  await nats.stop();
});

describe('with a collector', () => {
  it('one trace goes from HTTP over a request to the event it causes', async () => {
    const { port } = collector.address() as AddressInfo;
    const service = await startService({
      name: 'traced',
      config: BaseConfig.parse({ LAB_NATS_URL: nats.url, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` }),
      module: DoorModule,
      http: { port: 0 },
    });
    const handled = new Promise<void>((resolve) => (Door.handled = resolve));
    const answer = await fetch(`http://127.0.0.1:${service.httpPort}/greeting`);
    expect(answer.status).toBe(200);
    await handled;
    await service.stop();
    const chain = ['GET /greeting', 'ask traced.people.greet', 'answer traced.people.greet', 'handle lab.greeted.v1'];
    const spans = chain.map((name) => sent.find((span) => span.name === name));
    expect(new Set(spans.map((span) => span?.traceId)).size).toBe(1);
    expect(spans.slice(1).map((span) => span?.parentSpanId)).toEqual(spans.slice(0, -1).map((span) => span?.spanId));
  });
});
