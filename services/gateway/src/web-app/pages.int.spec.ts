import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrivateService } from '@lab-orchestrator/dev';
import { testNats } from '@lab-orchestrator/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGateway, type RunningGateway } from '../testing/running-gateway.fixture.js';

const script = `console.log(${JSON.stringify('x'.repeat(5_000))})`;
let nats: PrivateService;
let gateway: RunningGateway;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'web-app-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Labs</title>');
  await writeFile(join(folder, 'assets/index-BqC3x9_1.js'), script);
  nats = await testNats();
  gateway = await runGateway({ LAB_NATS_URL: nats.url, LAB_WEB_DIR: folder });
});
afterAll(async () => {
  await gateway.stop();
  await nats.stop();
  await rm(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${gateway.url}${path}`, { headers });

describe('the web app', () => {
  it.each(['/', '/labs', '/sessions/1/desk'])('%s is its page, asked for each time', async (path) => {
    const answer = await get(path);
    expect(await answer.text()).toContain('<title>Labs</title>');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  });

  it.each(['br', 'gzip'])('sends scripts as %s, to be kept for ever', async (encoding) => {
    const answer = await get('/assets/index-BqC3x9_1.js', { 'accept-encoding': encoding });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await answer.text()).toBe(script);
  });

  it.each(['/assets/gone.js', '/api', '/api/v2/labs', '/.well-known/security.txt', '/health'])(
    '%s is not a page',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it.each(['/', '/api/v1/users/me', '/nothing.js', '/api/docs'])('%s comes with strict headers', async (path) => {
    const { headers } = await get(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none';script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain('frame-src http://*.apps.localhost:8080');
    expect(policy).not.toContain('unsafe-eval');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('strict-origin');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('for everybody', () => {
  it('health tells which parts work, and no more', async () => {
    expect(await (await get('/health/live')).json()).toEqual({ status: 'live' });
    const ready = await get('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', parts: expect.objectContaining({ nats: { ok: true } }) },
    ]);
  });

  it('the reference is a page and a document', async () => {
    expect(await (await get('/api/docs')).text()).toContain('API reference</h1>');
    expect((await get('/api/docs/style.css')).headers.get('content-type')).toMatch(/^text\/css/);
    expect(await (await get('/api/openapi.json')).json()).toMatchObject({ openapi: '3.1.1' });
  });

  it('the API is never kept by caches', async () => {
    expect((await get('/api/v1/users/me')).headers.get('cache-control')).toBe('no-store');
  });
});
