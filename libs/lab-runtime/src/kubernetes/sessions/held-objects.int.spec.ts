import { afterEach, describe, expect, it } from 'vitest';
import { Cluster } from '../client/cluster.js';
import type { Namespace } from '../client/kinds.js';
import type { NamespaceEnd } from '../inspect/namespace-end.js';
import { json, standInApi } from '../testing/stand-in-api.js';
import { heldObjects, holdingInWords } from './held-objects.js';

const namespace: Namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'main-1' } };
const end: NamespaceEnd = {
  forMs: 600_000,
  leftovers: [
    { resource: 'configmaps', group: '' },
    { resource: 'secrets', group: '' },
    { resource: 'things', group: 'example.com' },
  ],
  finalizers: ['example.com/config', 'example.com/other'],
};
const core = [
  { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
  { name: 'secrets', kind: 'Secret', namespaced: true },
];
const held = [
  { metadata: { name: 'held', finalizers: ['example.com/config'] } },
  { metadata: { name: 'on-its-way-out' } },
];

describe('what holds a removal, before a peer that stands in for an API server with few rights', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  /** It lists config maps, and answers for everything else with `status`. */
  async function clusterThatAnswers(status: number) {
    const answers: Record<string, object> = {
      '/api/v1': { resources: core },
      '/api/v1/namespaces/main-1/configmaps': { metadata: {}, items: held },
    };
    const api = await standInApi((request, response) => {
      const answer = answers[new URL(request.url ?? '/', 'http://stand-in').pathname];
      if (answer) json(response, answer);
      else json(response, { kind: 'Status', message: 'no', reason: 'No' }, status);
    });
    const cluster = new Cluster({ config: api.config, retries: { tries: 1, firstWaitMs: 1, longestWaitMs: 1 } });
    closers.push(
      () => api.close(),
      async () => cluster.close(),
    );
    return cluster;
  }

  it.each([403, 404, 405, 503])('names what it sees and says what it could not look at (%i)', async (status) => {
    const holding = await heldObjects(await clusterThatAnswers(status), namespace, end);
    expect(holdingInWords(holding, end)).toEqual([
      'ConfigMap/held is held by example.com/config',
      'something of secrets, things.example.com that the platform may not look at, held by example.com/other',
    ]);
  });

  it('does not know when the API does not want to be asked now', async () => {
    await expect(heldObjects(await clusterThatAnswers(401), namespace, end)).rejects.toMatchObject({ status: 401 });
  });

  it('names the namespace itself', async () => {
    const itself = { ...namespace, metadata: { name: 'main-1', finalizers: ['example.com/tenant'] } };
    const nothingLeft = { ...end, leftovers: [], finalizers: [] };
    const holding = await heldObjects(await clusterThatAnswers(500), itself, nothingLeft);
    expect(holdingInWords(holding, nothingLeft)).toEqual(['Namespace/main-1 is held by example.com/tenant']);
  });
});
