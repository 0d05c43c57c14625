import { testNats } from '@lab-orchestrator/dev/testing';
import { Body, Controller, ForbiddenException, Get, Module, Post, Query } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BaseConfig } from '../config/base-config.js';
import { TransientError } from '../errors/transient-error.js';
import { UserError } from '../errors/user-error.js';
import { currentCorrelationId } from '../logging/call-context.js';
import { type RunningService, startService } from './start-service.js';

const Create = z.strictObject({ name: z.string().min(3), tags: z.array(z.object({ label: z.string() })).default([]) });
const Filter = z.strictObject({ limit: z.coerce.number().int().max(100).default(20) });

@Controller('things')
class ThingsController {
  @Post() create(@Body({ schema: Create }) body: z.infer<typeof Create>) {
    return body;
  }
  @Get() list(@Query({ schema: Filter }) filter: z.infer<typeof Filter>) {
    return { ...filter, correlationId: currentCorrelationId() };
  }
  @Get('user-error') userError() {
    throw new UserError('quota_exceeded', { status: 429, detail: 'Enough.', retryAfterS: 3 });
  }
  @Get('transient') transient() {
    throw new TransientError('redis at 10.0.0.3 is away', { retryAfterS: 5 });
  }
  @Get('bug') bug() {
    throw new Error('password is hunter2');
  }
  @Get('forbidden') forbidden() {
    throw new ForbiddenException('secret reason');
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

let nats: Awaited<ReturnType<typeof testNats>>;
let service: RunningService;

beforeAll(async () => {
  nats = await testNats();
  service = await startService({
    name: 'things',
    config: BaseConfig.parse({ LAB_NATS_URL: nats.url, LAB_LOG_LEVEL: 'silent', LAB_HEALTH_PORT: '0' }),
    module: ThingsModule,
    http: { port: 0, fastify: { bodyLimit: 1_000 } },
  });
});

afterAll(async () => {
  await service.stop();
  await nats.stop();
});

async function send(path: string, init?: RequestInit) {
  const response = await fetch(`http://127.0.0.1:${service.httpPort}${path}`, init);
  const [type] = response.headers.get('content-type')?.split(';') ?? [];
  return { status: response.status, type, headers: response.headers, body: await response.json() };
}

const post = (body: string) =>
  send('/things', { method: 'POST', body, headers: { 'content-type': 'application/json' } });

describe('input', () => {
  it('is parsed by its schema, defaults included', async () => {
    expect((await post('{"name":"abc"}')).body).toEqual({ name: 'abc', tags: [] });
    expect((await send('/things?limit=7')).body).toMatchObject({ limit: 7 });
  });

  it.each([
    ['a wrong field', '{"name":"abc","tags":[{"label":7}]}', [{ path: 'tags.0.label', message: expect.any(String) }]],
    ['a field nobody knows', '{"name":"abc","role":"admin"}', [{ path: '', message: expect.stringContaining('role') }]],
    [
      'several at once',
      '{"name":"a","tags":{}}',
      [expect.objectContaining({ path: 'name' }), expect.objectContaining({ path: 'tags' })],
    ],
  ])('with %s is refused with the fields that are wrong', async (_, body, errors) => {
    const { status, type, body: problem } = await post(body);
    expect([status, type]).toEqual([400, 'application/problem+json']);
    expect(problem).toMatchObject({ code: 'invalid_request', errors });
  });

  it('that is not JSON, or too much, is refused before any handler', async () => {
    expect((await post('{"name":')).body).toMatchObject({ status: 400, code: 'invalid_request' });
    expect((await post(JSON.stringify({ name: 'x'.repeat(2_000) }))).body).toMatchObject({
      status: 413,
      code: 'too_large',
    });
  });
});

describe('an error', () => {
  it.each([
    ['/things/user-error', { status: 429, code: 'quota_exceeded', detail: 'Enough.' }, '3'],
    ['/things/transient', { status: 503, code: 'temporarily_unavailable' }, '5'],
    ['/things/bug', { status: 500, code: 'internal_error' }, null],
    ['/things/forbidden', { status: 403, code: 'forbidden', detail: 'Forbidden' }, null],
    ['/nowhere', { status: 404, code: 'not_found' }, null],
  ])('at %s is a problem document', async (path, problem, retryAfter) => {
    const { status, type, headers, body } = await send(path, { headers: { 'x-request-id': 'request-4711' } });
    expect(body).toMatchObject({ type: 'about:blank', ...problem, requestId: 'request-4711' });
    expect([status, type, headers.get('retry-after')]).toEqual([
      problem.status,
      'application/problem+json',
      retryAfter,
    ]);
    expect(JSON.stringify(body)).not.toMatch(/hunter2|10\.0\.0\.3|secret/);
  });
});

describe('a request id', () => {
  it('is the caller’s, and the id of everything the request causes', async () => {
    const { headers, body } = await send('/things', { headers: { 'x-request-id': 'request-4712' } });
    expect(headers.get('x-request-id')).toBe('request-4712');
    expect(body).toMatchObject({ correlationId: 'request-4712' });
  });

  it('is replaced when it is odd', async () => {
    const { headers } = await send('/things', { headers: { 'x-request-id': '"}, {"level":"fatal' } });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

it('measures requests by route', async () => {
  await send('/things?limit=1');
  const metrics = await (await fetch(`http://127.0.0.1:${service.healthPort}/metrics`)).text();
  expect(metrics).toMatch(/lab_http_request_duration_seconds_count\{.*method="GET",route="\/things",status="200"/);
});
