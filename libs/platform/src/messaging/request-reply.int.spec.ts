import { setTimeout as sleep } from 'node:timers/promises';
import { defineRequest, type Principal, requestHeaders } from '@lab-orchestrator/contracts';
import { testNats } from '@lab-orchestrator/dev/testing';
import { Logger } from '@nestjs/common';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { TransientError } from '../errors/transient-error.js';
import { UserError } from '../errors/user-error.js';
import { currentContext, inContext } from '../logging/call-context.js';
import { Metrics } from '../metrics/metrics.js';
import { connectNats } from './nats-connection.js';
import { RequestClient } from './request-client.js';
import type { RequestContext } from './request-context.js';
import { RequestServer, type RequestServerOptions } from './request-server.js';

Logger.overrideLogger(false);

const Echo = defineRequest('spec.texts.echo', {
  request: z.object({ text: z.string().min(1), times: z.int().default(1) }),
  reply: z.object({ text: z.string() }),
});

const principal: Principal = {
  userId: '0b0e9f3c-6f0c-4a56-9a43-0f2f5f6d1c11',
  username: 'ana',
  displayName: 'Ána Ñandú 🚀',
  role: 'learner',
  via: 'session',
};

let nats: Awaited<ReturnType<typeof testNats>>;
let here: NatsConnection;
let there: NatsConnection;
let client: RequestClient;
let servers: RequestServer[] = [];

beforeAll(async () => {
  nats = await testNats();
  [here, there] = await Promise.all([
    connectNats({ url: nats.url, name: 'client' }),
    connectNats({ url: nats.url, name: 'server' }),
  ]);
  client = new RequestClient(here);
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

afterAll(async () => {
  await Promise.all([here.close(), there.close()]);
  await nats.stop();
});

type Handle = (request: z.output<typeof Echo.request>, context: RequestContext) => unknown;

async function serve(handle: Handle, options: Partial<RequestServerOptions> = {}) {
  const defaults = { service: 'spec', concurrency: 64, maxWaiting: 1_000, checkReplies: true };
  const server = new RequestServer(there, { ...defaults, ...options }, new Metrics({ service: 'spec' }));
  servers.push(server);
  await server.listen([
    { definition: Echo, handle: async (request, context) => handle(Echo.request.parse(request), context) },
  ]);
  return server;
}

const repeat: Handle = ({ text, times }) => ({ text: text.repeat(times) });

describe('a request', () => {
  it('is parsed on both sides, defaults included', async () => {
    await serve(repeat);
    expect(await client.call(Echo, { text: 'ab', times: 2 })).toEqual({ text: 'abab' });
    expect(await client.call(Echo, { text: 'ab' })).toEqual({ text: 'ab' });
  });

  it('carries who asks, the call it belongs to and how long anybody waits', async () => {
    const seen: RequestContext[] = [];
    const contexts: unknown[] = [];
    await serve((request, context) => {
      seen.push(context);
      contexts.push(currentContext()?.correlationId);
      return request;
    });
    await inContext({ correlationId: 'request-4711', deadline: Date.now() + 300 }, () =>
      client.call(Echo, { text: 'x' }, { principal, deadlineMs: 60_000 }),
    );
    expect(seen[0]).toMatchObject({ correlationId: 'request-4711', principal });
    expect(contexts).toEqual(['request-4711']);
    expect(seen[0]?.deadline).toBeLessThanOrEqual(Date.now() + 300);
  });

  it('has no caller unless one is named', async () => {
    await serve((_, context) => ({ text: context.caller.username }));
    await expect(client.call(Echo, { text: 'x' })).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
    expect(await client.call(Echo, { text: 'x' }, { principal })).toEqual({ text: 'ana' });
  });

  it('that another program sends and that breaks the contract is answered with the fields that are wrong', async () => {
    await serve(repeat);
    const reply = await there.request(Echo.subject, JSON.stringify({ text: '', times: 'x' }), { timeout: 1_000 });
    expect(reply.json()).toMatchObject({
      problem: { status: 400, code: 'invalid_request', errors: [{ path: 'text' }, { path: 'times' }] },
    });
    const broken = await there.request(Echo.subject, '{', { timeout: 1_000 });
    expect(broken.json()).toMatchObject({ problem: { status: 400, code: 'invalid_request' } });
  });

  it('with a broken principal is refused, not taken for an anonymous one', async () => {
    await serve(repeat);
    const head = headers();
    head.set(requestHeaders.principal, JSON.stringify({ role: 'admin' }));
    const reply = await there.request(Echo.subject, JSON.stringify({ text: 'x' }), { timeout: 1_000, headers: head });
    expect(reply.json()).toMatchObject({ problem: { status: 500 } });
  });
});

describe('an error', () => {
  it('of the user arrives as it was thrown', async () => {
    const errors = [{ path: 'text', message: 'too loud' }];
    await serve(() => {
      throw new UserError('quota_exceeded', { status: 429, detail: 'Slow down.', errors, retryAfterS: 7 });
    });
    const failure = client.call(Echo, { text: 'x' });
    await expect(failure).rejects.toBeInstanceOf(UserError);
    await expect(failure).rejects.toMatchObject({
      code: 'quota_exceeded',
      status: 429,
      detail: 'Slow down.',
      errors,
      retryAfterS: 7,
    });
  });

  it('that passes arrives as one that passes', async () => {
    await serve(() => {
      throw new TransientError('the cluster at 10.0.0.7 is away', { retryAfterS: 9 });
    });
    const failure = client.call(Echo, { text: 'x' });
    await expect(failure).rejects.toBeInstanceOf(TransientError);
    await expect(failure).rejects.toMatchObject({
      retryAfterS: 9,
      message: 'spec.texts.echo: temporarily_unavailable',
    });
  });

  it('of ours says nothing but the request id', async () => {
    await serve(() => {
      throw new Error('password is hunter2');
    });
    const failure = inContext({ correlationId: 'request-4712' }, () => client.call(Echo, { text: 'x' }));
    await expect(failure).rejects.toThrow('spec.texts.echo failed: internal_error (request request-4712)');
  });

  it('in a reply that breaks its contract is found where it is made', async () => {
    await serve(() => ({ text: 7 }));
    await expect(client.call(Echo, { text: 'x' })).rejects.toThrow('internal_error');
  });

  it('in a reply nobody checked is found by the caller', async () => {
    await serve(() => ({ text: 7 }), { checkReplies: false });
    await expect(client.call(Echo, { text: 'x' })).rejects.toThrow(/reply does not match the contract/);
  });

  it('is what a reply becomes that is too large for the broker', async () => {
    await serve(() => ({ text: 'x'.repeat(9_000_000) }));
    await expect(client.call(Echo, { text: 'x' })).rejects.toThrow('internal_error');
  });
});

it('a request that is too large for the broker is the caller’s fault', async () => {
  await serve(repeat);
  await expect(client.call(Echo, { text: 'x'.repeat(9_000_000) })).rejects.toMatchObject({
    code: 'too_large',
    status: 413,
  });
});

describe('when nobody answers', () => {
  it('the caller hears that it may try again', async () => {
    const startedAt = Date.now();
    await expect(client.call(Echo, { text: 'x' })).rejects.toThrow('spec.texts.echo: nobody answers');
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });

  it('a service that is just starting is waited for', async () => {
    const call = client.call(Echo, { text: 'x' });
    await sleep(400);
    await serve(repeat);
    expect(await call).toEqual({ text: 'x' });
  });

  it('in time, the caller stops waiting', async () => {
    await serve(async () => {
      await sleep(500);
      return { text: 'late' };
    });
    const failure = client.call(Echo, { text: 'x' }, { deadlineMs: 100 });
    await expect(failure).rejects.toBeInstanceOf(TransientError);
    await expect(failure).rejects.toThrow('no answer in time');
  });

  it('nobody starts work for a caller who has gone', async () => {
    const started: string[] = [];
    await serve(
      async ({ text }) => {
        started.push(text);
        await sleep(200);
        return { text };
      },
      { concurrency: 1 },
    );
    const calls = ['first', 'gone', 'patient'].map((text) =>
      client.call(Echo, { text }, { deadlineMs: text === 'gone' ? 100 : 2_000 }).catch(() => undefined),
    );
    await Promise.all(calls);
    expect(started).toEqual(['first', 'patient']);
  });
});

describe('a server', () => {
  it('handles no more at once than it was told, and sheds what does not fit in line', async () => {
    let running = 0;
    let most = 0;
    await serve(
      async ({ text }) => {
        most = Math.max(most, (running += 1));
        await sleep(50);
        running -= 1;
        return { text };
      },
      { concurrency: 4, maxWaiting: 8 },
    );
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => client.call(Echo, { text: 'x' })));
    const shed = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(most).toBe(4);
    expect(shed).toHaveLength(8);
    expect(shed[0]).toMatchObject({ name: 'TransientError', retryAfterS: 1 });
  });

  it('that stops finishes what it holds, and takes nothing new', async () => {
    const slow: Handle = async ({ text }) => {
      await sleep(200);
      return { text };
    };
    const first = await serve(slow, { concurrency: 2 });
    const held = Array.from({ length: 6 }, (_, n) => client.call(Echo, { text: `held-${n}` }));
    await sleep(50);
    const closing = first.close();
    await sleep(20);
    const replacement = await serve(() => ({ text: 'replacement' }));
    expect(await client.call(Echo, { text: 'x' })).toEqual({ text: 'replacement' });
    await closing;
    expect(await Promise.all(held)).toEqual(Array.from({ length: 6 }, (_, n) => ({ text: `held-${n}` })));
    await replacement.close();
  });

  it('shares its requests with the other processes of its service', async () => {
    const counts = { a: 0, b: 0 };
    await serve((request) => ((counts.a += 1), request));
    await serve((request) => ((counts.b += 1), request));
    await Promise.all(Array.from({ length: 100 }, () => client.call(Echo, { text: 'x' })));
    expect(counts.a + counts.b).toBe(100);
    expect(Math.min(counts.a, counts.b)).toBeGreaterThan(10);
  });

  it('answers again after the broker was killed and came back', async () => {
    await serve(repeat);
    await nats.kill();
    const during = client.call(Echo, { text: 'x' }, { deadlineMs: 300 });
    await expect(during).rejects.toBeInstanceOf(TransientError);
    await nats.restart();
    await vi.waitFor(() => Promise.all([here.flush(), there.flush()]), 5_000);
    expect(await client.call(Echo, { text: 'x' })).toEqual({ text: 'x' });
  });
});
