import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Cluster } from '../client/cluster.js';
import { kinds, type Pod } from '../client/kinds.js';
import { type Answer, json, standInApi } from '../testing/stand-in-api.js';
import { event, list, pod, stream } from '../testing/stand-in-pods.js';
import { Informer, type InformerOptions } from './informer.js';

describe('an informer, before a peer that stands in for the API server', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });

  async function informerOn(answer: Answer, change: Partial<InformerOptions<Pod>> = {}) {
    const api = await standInApi(answer);
    const cluster = new Cluster({ config: api.config, retries: { tries: 1, firstWaitMs: 1, longestWaitMs: 1 } });
    const changes: string[] = [];
    const informer = new Informer<Pod>({
      cluster,
      kind: kinds.pod,
      onChange: (sessionId, { metadata }) => changes.push(`${sessionId}/${metadata.name}`),
      ...change,
    });
    closers.push(api.close, () => informer.close());
    const names = () => informer.store.ofSession('s1').map(({ metadata }) => metadata.name);
    return { informer, names, changes, requests: api.requests };
  }

  it('reads all pages, then follows', async () => {
    const { informer, names, changes } = await informerOn((request, response) => {
      if (!request.query.has('watch')) {
        return request.query.get('continue') === 'more'
          ? json(response, list([pod('b', 2)], 5))
          : json(response, list([pod('a', 1)], 5, 'more'));
      }
      expect(request.query.get('resourceVersion')).toBe('5');
      // Events come in any pieces.
      const text = event('ADDED', pod('ü', 6)) + event('DELETED', pod('a', 7));
      const bytes = Buffer.from(text);
      const middle = bytes.indexOf('ü') + 1;
      stream(response).write(bytes.subarray(0, middle));
      setTimeout(() => response.write(bytes.subarray(middle)), 20);
    });
    await informer.ready();
    await expect.poll(names).toEqual(['b', 'ü']);
    expect(changes).toEqual(['s1/ü', 's1/a']);
  });

  it('goes on where a watch ended, without another list', async () => {
    const from: string[] = [];
    const { informer, names } = await informerOn((request, response) => {
      if (!request.query.has('watch')) return json(response, list([], 5));
      from.push(request.query.get('resourceVersion') ?? '');
      stream(response);
      if (from.length === 1) response.end(event('BOOKMARK', pod('', 9)));
      else if (from.length === 2) {
        response.write(event('ADDED', pod('a', 12)));
        setTimeout(() => response.destroy(), 10);
      } else response.write(event('ADDED', pod('b', 13)));
    });
    await informer.ready();
    await expect.poll(names, { timeout: 5000 }).toEqual(['a', 'b']);
    expect(from.slice(0, 3)).toEqual(['5', '9', '12']);
    expect(informer.counts.lists).toBe(1);
  });

  it.each([
    ['refused at once', (response: ServerResponse) => json(response, { code: 410, reason: 'Expired' }, 410)],
    [
      'ended by an event',
      (response: ServerResponse) =>
        stream(response).end(event('ERROR', { kind: 'Status', code: 410, reason: 'Expired' })),
    ],
  ])('lists again when its version is forgotten (%s), and finds what was deleted meanwhile', async (_, forget) => {
    let lists = 0;
    const { informer, names, changes } = await informerOn((request, response) => {
      if (!request.query.has('watch')) {
        lists += 1;
        return json(response, lists === 1 ? list([pod('a', 1), pod('b', 2)], 5) : list([pod('b', 2), pod('c', 8)], 9));
      }
      if (lists === 1) forget(response);
      else stream(response).flushHeaders();
    });
    await informer.ready();
    await expect.poll(names, { timeout: 5000 }).toEqual(['b', 'c']);
    expect(changes.toSorted()).toEqual(['s1/a', 's1/c']);
  });

  it('never takes a list that fails for "gone", and says when it has been blind for too long', async () => {
    let away = false;
    const { informer, names } = await informerOn(
      (request, response) => {
        if (away) return json(response, { kind: 'Status', message: 'etcd is away' }, 500);
        if (!request.query.has('watch')) return json(response, list([pod('a', 1)], 5));
        away = true;
        stream(response).end(event('ERROR', { code: 410 }));
      },
      { staleMs: 1500 },
    );
    await informer.ready();
    await delay(700);
    expect(names()).toEqual(['a']);
    await informer.ready();
    await delay(1200);
    await expect(informer.ready()).rejects.toMatchObject({ code: 'unreachable', retryable: true });
    expect(names()).toEqual(['a']);
    away = false;
    await expect.poll(() => informer.ready().then(() => names()), { timeout: 10_000 }).toEqual(['a']);
  });

  it.each<[string, (response: ServerResponse) => unknown]>([
    ['fails', (response) => json(response, { kind: 'Status', message: 'etcd is away' }, 500)],
    ['is refused', (response) => json(response, { kind: 'Status' }, 429)],
    ['is of a list that was forgotten', (response) => json(response, { kind: 'Status', reason: 'Expired' }, 410)],
    ['breaks off', (response) => void response.writeHead(200).write('{', () => response.destroy())],
  ])('never takes half a list for all: its second page %s', async (_, fail) => {
    let tries = 0;
    let isWell = true;
    const { informer, names, changes } = await informerOn((request, response) => {
      if (request.query.has('watch')) {
        if (tries > 0) return void stream(response).flushHeaders();
        isWell = false;
        return void stream(response).end(event('ERROR', { code: 410 }));
      }
      const isFirst = !request.query.has('continue');
      if (isFirst) return json(response, list([pod('a', 1)], isWell ? 5 : 9, 'more'));
      if (isWell) return json(response, list(tries > 0 ? [pod('c', 3)] : [pod('b', 2), pod('c', 3)], 5 + tries));
      tries += 1;
      fail(response);
    });
    await informer.ready();
    await expect.poll(() => tries, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(changes).toEqual([]);
    isWell = true;
    // What is really gone is found by the next whole list.
    await expect.poll(names, { timeout: 10_000 }).toEqual(['a', 'c']);
    expect(changes).toEqual(['s1/b']);
  });

  it('finds what a watch lost without a sign', async () => {
    let lists = 0;
    const { informer, names } = await informerOn(
      (request, response) => {
        if (!request.query.has('watch')) {
          lists += 1;
          return json(response, lists === 1 ? list([pod('a', 1)], 5) : list([], 9));
        }
        stream(response).flushHeaders();
        setTimeout(() => response.end(), Number(request.query.get('timeoutSeconds')) * 1000);
      },
      { resyncMs: 1000 },
    );
    await informer.ready();
    expect(names()).toEqual(['a']);
    await expect.poll(names, { timeout: 5000 }).toEqual([]);
  });

  it('notices a watch that is dead without saying so', async () => {
    let watches = 0;
    const { informer, names } = await informerOn(
      (request, response) => {
        if (!request.query.has('watch')) return json(response, list([], 5));
        watches += 1;
        stream(response).flushHeaders();
        if (watches === 2) response.write(event('ADDED', pod('a', 6)));
      },
      { idleMs: 300 },
    );
    await informer.ready();
    await expect.poll(names, { timeout: 5000 }).toEqual(['a']);
    expect(informer.counts.lists).toBe(1);
  });

  it('holds an own write until the watch has caught up, and not after it was deleted', async () => {
    const { informer, names } = await informerOn((request, response) => {
      if (!request.query.has('watch')) return json(response, list([], 5));
      stream(response).flushHeaders();
      setTimeout(() => response.write(event('DELETED', pod('a', 8))), 200);
    });
    await informer.ready();
    informer.accept(pod('a', 6));
    expect(names()).toEqual(['a']);
    await expect.poll(names).toEqual([]);
    informer.accept(pod('a', 7));
    expect(names()).toEqual([]);
  });

  it('fails a first read that nobody answers', async () => {
    const { informer } = await informerOn(() => undefined);
    await expect(informer.ready(300)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('lets everything else go on while it reads 5,000 large objects', async () => {
    const bulk = 'x'.repeat(500);
    const fields = Array.from({ length: 20 }, (_, index) => ({ manager: `m${index}`, fieldsV1: { f: bulk } }));
    const pages = Array.from({ length: 50 }, (_, page) => {
      const items = Array.from({ length: 100 }, (__, index) => {
        const made = pod(`p${page}-${index}`, page * 100 + index + 1);
        return { ...made, metadata: { ...made.metadata, managedFields: fields } };
      });
      return JSON.stringify(list(items, 6000, page < 49 ? String(page + 1) : undefined));
    });
    const { informer } = await informerOn((request, response) => {
      if (request.query.has('watch')) return stream(response).flushHeaders();
      response.writeHead(200).end(pages[Number(request.query.get('continue') ?? 0)]);
    });
    // Not by the clock, which other programs slow down: how many objects come between two turns of the loop.
    let most = 0;
    let before = 0;
    const look = () => {
      most = Math.max(most, informer.store.size - before);
      before = informer.store.size;
      turn = setImmediate(look);
    };
    let turn = setImmediate(look);
    await informer.ready(60_000);
    clearImmediate(turn);
    expect(informer.store.size).toBe(5000);
    expect(informer.store.get('ns', 'p0-0')?.metadata).not.toHaveProperty('managedFields');
    expect(most).toBeLessThanOrEqual(100);
  });
});
