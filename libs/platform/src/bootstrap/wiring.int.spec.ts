import { defineEvent, defineRequest } from '@lab-orchestrator/contracts';
import { testNats } from '@lab-orchestrator/dev/testing';
import { Controller, Module, type Type } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BaseConfig } from '../config/base-config.js';
import { HandleEvent, HandleRequest, transportId } from '../messaging/handlers.js';
import { startService } from './start-service.js';

const Done = defineEvent('thing.done.v1', z.object({ id: z.string() }), (data) => data.id);
const Ask = defineRequest('spec.things.ask', { request: z.object({}), reply: z.object({}) });

let nats: Awaited<ReturnType<typeof testNats>>;

beforeAll(async () => {
  nats = await testNats();
});

afterAll(() => nats.stop());

async function start(...controllers: Type[]) {
  @Module({ controllers })
  class SpecModule {}
  const config = BaseConfig.parse({ LAB_NATS_URL: nats.url, LAB_LOG_LEVEL: 'silent' });
  const service = await startService({ name: 'spec', config, module: SpecModule });
  await service.stop();
}

@Controller()
class First {
  @HandleEvent(Done) onDone() {}
  @HandleRequest(Ask) ask() {
    return {};
  }
}

@Controller()
class SecondEvent {
  @HandleEvent(Done) onDone() {}
}

@Controller()
class SecondRequest {
  @HandleRequest(Ask) ask() {
    return {};
  }
}

@Controller()
class EventWithoutSchema {
  @EventPattern('thing.other.v1', transportId) onOther(_data: unknown, ..._rest: unknown[]) {}
}

@Controller()
class RequestWithoutSchema {
  @MessagePattern('spec.things.other') other() {
    return {};
  }
}

describe('the start', () => {
  it('accepts one handler for each contract', () => start(First));

  it.each([
    ['two handlers of one event', SecondEvent, '"thing.done.v1" has two handlers'],
    ['two handlers of one request', SecondRequest, '"spec.things.ask" has two handlers'],
    [
      'an event without schema',
      EventWithoutSchema,
      '"thing.other.v1" has no schema: bind it with @HandleEvent(definition)',
    ],
    [
      'a request without schema',
      RequestWithoutSchema,
      '"spec.things.other" has no schema: bind it with @HandleRequest(definition)',
    ],
  ])('is stopped by %s', async (_, controller, message) => {
    await expect(start(First, controller)).rejects.toThrow(message);
  });
});
