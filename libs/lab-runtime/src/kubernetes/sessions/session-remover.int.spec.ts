import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { Cluster } from '../client/cluster.js';
import { label } from '../labels.js';
import { namespaceOf } from '../names.js';
import { json, standInApi } from '../testing/stand-in-api.js';
import { stream } from '../testing/stand-in-pods.js';
import { SessionView } from '../watch/session-view.js';
import { RemovalLedger } from './ledger.js';
import { SessionRemover } from './session-remover.js';

const sessionId = '019f0000-0000-7000-8000-000000000001';
const name = namespaceOf('main', sessionId);
const core = `/api/v1/namespaces/${name}`;
const held = (kind: string) => ({
  metadata: {},
  items: [{ metadata: { name: 'held', finalizers: [`example.com/${kind}`] } }],
});
const answers: Record<string, object> = {
  '/api/v1': {
    resources: ['ConfigMap', 'Pod', 'Service'].map((kind) => ({
      name: `${kind.toLowerCase()}s`,
      kind,
      namespaced: true,
    })),
  },
  [`${core}/configmaps`]: held('config'),
  [`${core}/pods`]: held('pod'),
  [`${core}/services`]: held('service'),
};
/** How the API server answers when their finalizers are taken. */
const patches: Record<string, number> = { configmaps: 200, pods: 403, services: 404 };

describe('a removal that is held, before a peer that stands in for the API server', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });

  /** A session whose namespace is being deleted since `deletedMs` ago, or not at all. */
  async function removerOf(deletedMs: number | undefined) {
    const since = deletedMs === undefined ? undefined : new Date(Date.now() - deletedMs).toISOString();
    const message = ['configmaps', 'pods', 'services'].map((kind) => `${kind}. has 1 resource instances`).join(', ');
    const namespace = {
      metadata: {
        name,
        resourceVersion: '1',
        labels: { [label.instance]: 'main', [label.session]: sessionId },
        deletionTimestamp: since,
      },
      status: { conditions: [{ type: 'NamespaceContentRemaining', status: 'True', message }] },
    };
    const steps: string[] = [];
    const patched = (path: string, response: ServerResponse) => {
      const kind = path.split('/').at(-2) ?? '';
      if (path.startsWith(core)) steps.push(`patched ${kind}`);
      json(response, { message: `no ${kind}` }, patches[kind] ?? 200);
    };
    const api = await standInApi((request, response) => {
      const path = new URL(request.url ?? '', 'http://x').pathname;
      if (request.query.has('watch')) stream(response).flushHeaders();
      else if (request.method === 'PATCH') patched(path, response);
      else if (path === '/api/v1/namespaces')
        json(response, { metadata: { resourceVersion: '1' }, items: [namespace] });
      else json(response, answers[path] ?? { metadata: { resourceVersion: '1' }, items: [] });
    });
    const cluster = new Cluster({ config: api.config });
    const view = new SessionView({ cluster, instance: 'main', vms: () => Promise.resolve(false) });
    closers.push(api.close, () => view.close());
    const ledger = new RemovalLedger(cluster, 'main');
    const remover = new SessionRemover({ cluster, view, ledger, instance: 'main', stuckAfterMs: 300_000 });
    return { remover, steps, since };
  }

  it('names what holds it, and since when', async () => {
    const { remover, since = '' } = await removerOf(600_000);
    expect(await remover.remove(sessionId)).toEqual({
      gone: false,
      remaining: ['ConfigMap', 'Pod', 'Service'].map(
        (kind, index) => `${kind}/held is held by example.com/${['config', 'pod', 'service'][index]}`,
      ),
      heldSince: new Date(since),
    });
  });

  it('is forced as far as the rights reach, each object written down before it is touched', async () => {
    const { remover, steps } = await removerOf(600_000);
    const forced = await remover.forceRemove(sessionId, async ({ kind }) => void steps.push(`audited ${kind}`));
    expect(forced).toEqual({
      taken: [{ kind: 'ConfigMap', name: 'held', finalizers: ['example.com/config'] }],
      left: ['Pod/held: Changing Pod held: no pods'],
    });
    expect(steps).toEqual([
      'audited ConfigMap',
      'patched configmaps',
      'audited Pod',
      'patched pods',
      'audited Service',
      'patched services',
    ]);
  });

  it('is not touched when it cannot be written down', async () => {
    const { remover, steps } = await removerOf(600_000);
    const away = () => Promise.reject(new Error('the audit log is away'));
    await expect(remover.forceRemove(sessionId, away)).rejects.toThrow('the audit log is away');
    expect(steps).toEqual([]);
  });

  it.each([
    ['that was not asked for', undefined],
    ['that has only begun', 290_000],
  ])('a removal %s cannot be forced', async (_, deletedMs) => {
    const { remover, steps } = await removerOf(deletedMs);
    const forced = remover.forceRemove(sessionId, () => Promise.resolve());
    await expect(forced).rejects.toMatchObject({ code: 'invalid_spec' });
    expect(steps).toEqual([]);
  });
});
