import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { Cluster } from '../client/cluster.js';
import { kinds, type Pod } from '../client/kinds.js';
import { type Answer, json, standInApi } from '../testing/stand-in-api.js';
import { event, list, pod, stream } from '../testing/stand-in-pods.js';
import { Informer } from './informer.js';

const busy = (response: ServerResponse) => response.writeHead(429, { 'retry-after': '2' }).end('{"kind":"Status"}');

describe('informers, before a peer that stands in for an API server with too much to do', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });

  async function informersOn(answer: Answer, { count = 1, resyncMs }: { count?: number; resyncMs?: number } = {}) {
    const api = await standInApi(answer);
    closers.push(api.close);
    // Not repeated by the client: what is seen here is the informer's own patience.
    const cluster = new Cluster({ config: api.config, retries: { tries: 1, firstWaitMs: 1, longestWaitMs: 1 } });
    const informers = Array.from({ length: count }, () => new Informer<Pod>({ cluster, kind: kinds.pod, resyncMs }));
    closers.push(() => Promise.all(informers.map((informer) => informer.close())));
    return informers.map((informer) => informer.start());
  }

  it.each(['list', 'watch'])('wait as long as they are asked to before the next %s', async (refused) => {
    const atMs: number[] = [];
    const [informer] = await informersOn((request, response) => {
      const isWatch = request.query.has('watch');
      if (isWatch === (refused === 'watch')) {
        atMs.push(performance.now());
        if (atMs.length === 1) return busy(response);
      }
      if (!isWatch) return json(response, list([], 5));
      stream(response).write(event('ADDED', pod('a', 6)));
    });
    await expect.poll(() => informer?.store.size, { timeout: 20_000 }).toBe(1);
    expect(atMs).toHaveLength(2);
    expect((atMs[1] ?? 0) - (atMs[0] ?? 0)).toBeGreaterThanOrEqual(1999);
    expect(informer?.counts).toEqual({ lists: refused === 'list' ? 2 : 1, watches: refused === 'watch' ? 2 : 1 });
  });

  it.each<['lists' | 'watches', string, number, (response: ServerResponse, timeoutS: number) => unknown]>([
    ['lists', 'it is time', 1200, (response, timeoutS) => setTimeout(() => response.end(), timeoutS * 1000)],
    ['lists', 'all are forgotten', 500, (response) => response.end(event('ERROR', { code: 410 }))],
    ['watches', 'the server ends all of theirs', 500, (response) => response.end()],
  ])('do not come back together with their %s when %s', async (counted, _, overMs, end) => {
    const count = 40;
    const strikes: (() => unknown)[] = [];
    const began = { lists: [] as number[], watches: [] as number[] };
    await informersOn(
      (request, response) => {
        const isWatch = request.query.has('watch');
        began[isWatch ? 'watches' : 'lists'].push(performance.now());
        if (!isWatch) return json(response, list([], 5));
        stream(response).flushHeaders();
        if (began.watches.length > count) return;
        strikes.push(() => end(response, Number(request.query.get('timeoutSeconds'))));
        if (strikes.length === count) for (const strike of strikes) strike();
      },
      { count, resyncMs: 4000 },
    );
    await expect.poll(() => began[counted].length, { timeout: 30_000 }).toBeGreaterThanOrEqual(2 * count);
    const again = began[counted].slice(count, 2 * count);
    const together = again.map((from) => again.filter((one) => one >= from && one < from + 200).length);
    expect(Math.max(...together)).toBeLessThan(count / 2);
    expect(Math.max(...again) - Math.min(...again)).toBeGreaterThan(overMs);
  });
});
