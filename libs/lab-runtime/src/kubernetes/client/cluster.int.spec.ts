import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, json, standInApi } from '../testing/stand-in-api.js';
import { pod } from '../testing/stand-in-pods.js';
import { Cluster } from './cluster.js';
import { kinds } from './kinds.js';

const object = pod('a', 1);
const ref = { kind: kinds.pod, namespace: 'ns', name: 'a' };

describe('calls, before a peer that stands in for the API server', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  /** Without a header, a repeat comes at once. */
  async function clusterOn(answer: Answer) {
    const { config, requests, close } = await standInApi(answer);
    closers.push(close);
    return { requests, cluster: new Cluster({ config, retries: { tries: 3, firstWaitMs: 1, longestWaitMs: 1 } }) };
  }

  it.each<[string, (cluster: Cluster) => Promise<unknown>]>([
    ['apply', (cluster) => cluster.apply(object)],
    ['create', (cluster) => cluster.create(object)],
    ['merge', (cluster) => cluster.merge(ref, {})],
    ['read', (cluster) => cluster.read(ref)],
    ['list', (cluster) => cluster.list(kinds.pod)],
    ['remove', (cluster) => cluster.remove(ref)],
    ['put', (cluster) => cluster.put('/apis/x/pause', {})],
  ])('wait as long as an overloaded server asks them to: %s', async (_, call) => {
    const atMs: number[] = [];
    const { cluster } = await clusterOn((__, response) => {
      atMs.push(performance.now());
      if (atMs.length > 1) return json(response, object);
      response.writeHead(429, { 'retry-after': '1' }).end('{"kind":"Status","reason":"TooManyRequests"}');
    });
    await call(cluster);
    expect(atMs).toHaveLength(2);
    expect((atMs[1] ?? 0) - (atMs[0] ?? 0)).toBeGreaterThanOrEqual(999);
  });

  it.each<[string, number, Answer]>([
    ['the answer is lost', 0, (_, response) => void response.destroy()],
    ['the server fails', 500, (_, response) => json(response, {}, 500)],
    ['something before the server fails', 503, (_, response) => json(response, {}, 503)],
    ['it is there', 409, (_, response) => json(response, { reason: 'AlreadyExists' }, 409)],
  ])('do not create twice when %s', async (_, status, answer) => {
    const { cluster, requests } = await clusterOn(answer);
    await expect(cluster.create(object)).rejects.toMatchObject({ status });
    expect(requests).toEqual(['POST /api/v1/namespaces/ns/pods']);
  });

  it('give up creating when the server is never less busy', async () => {
    const { cluster, requests } = await clusterOn((_, response) => json(response, {}, 429));
    await expect(cluster.create(object)).rejects.toMatchObject({ status: 429, retryable: true });
    expect(requests).toHaveLength(3);
  });
});
