import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cluster } from '../client/cluster.js';
import { createKubernetesRuntime } from '../create-kubernetes-runtime.js';
import { label } from '../labels.js';
import { namespaceOf } from '../names.js';
import { labSession } from '../testing/lab-session.js';
import { json, type StandInApi, standInApi } from '../testing/stand-in-api.js';
import { vmSystem } from '../testing/vm-system.js';
import { is, vm, vmi } from '../testing/vm-status.js';
import { SessionView } from '../watch/session-view.js';
import { SessionObserver } from './session-observer.js';

const session = labSession({ systems: [vmSystem()] });
const instance = 'main';
const namespace = namespaceOf(instance, session.sessionId);
const labels = { [label.session]: session.sessionId, [label.instance]: instance };
const placed = <T extends { metadata: object }>(object: T, more: object = {}): T => ({
  ...object,
  metadata: { ...object.metadata, namespace, labels, resourceVersion: '1', ...more },
});
const running = placed(vmi('Running', [is('Ready', 'True')]), { uid: 'run-1' });
const again = placed(vmi('Scheduling'), { uid: 'run-2', creationTimestamp: new Date().toISOString() });
const crashed = (count: number) => ({
  reason: 'Stopped',
  message: 'The VirtualMachineInstance crashed.',
  lastTimestamp: new Date().toISOString(),
  count,
});

describe('what is told of a session’s machines, by a peer that stands in for the API server', () => {
  /** What lists answer, by the plural. */
  let world: Record<string, object[]>;
  let kindsAreThere: boolean;
  let api: StandInApi;
  let view: SessionView;
  let observer: SessionObserver;
  beforeEach(async () => {
    world = {
      namespaces: [{ metadata: { name: namespace, labels, resourceVersion: '1' } }],
      virtualmachines: [placed(vm({ printableStatus: 'Running' }))],
      virtualmachineinstances: [running],
    };
    kindsAreThere = true;
    api = await standInApi((request, response: ServerResponse) => {
      const url = new URL(request.url ?? '/', 'http://stand-in');
      if (url.searchParams.has('watch')) return void response.writeHead(200).flushHeaders();
      const items = world[url.pathname.split('/').at(-1) ?? ''] ?? [];
      json(response, { gitVersion: 'v1.34.4', metadata: { resourceVersion: '5' }, items });
    });
    const cluster = new Cluster({ config: api.config });
    view = new SessionView({ cluster, instance, vms: () => Promise.resolve(kindsAreThere) });
    observer = new SessionObserver({ cluster, view, instance });
  });
  afterEach(async () => {
    await view.close();
    await api.close();
  });

  const told = async () => (await observer.observe(session)).systems[0];
  const eventCalls = () => api.requests.filter((request) => request.includes('/events')).length;

  it('is never that one is absent while machines cannot be looked at, and is the truth once they can', async () => {
    kindsAreThere = false;
    await expect(told()).rejects.toMatchObject({ code: 'unreachable', retryable: true });
    kindsAreThere = true;
    expect(await told()).toMatchObject({ name: 'server', state: 'ready' });
  });

  it('is the truth also by a runtime that began while KubeVirt was being upgraded', async () => {
    world['kubevirts'] = [{ metadata: { name: 'kubevirt' }, status: { phase: 'Deploying' } }];
    const runtime = await createKubernetesRuntime({ config: api.config, instance, builtinImages: {} });
    try {
      expect((await runtime.facts()).vms).toBe(false);
      expect((await runtime.observe(session)).systems).toMatchObject([{ name: 'server', state: 'ready' }]);
    } finally {
      await runtime.close();
    }
  });

  it('is that there is none where nothing of the session is', async () => {
    world = {};
    kindsAreThere = false;
    expect(await told()).toMatchObject({ state: 'absent' });
  });

  it('is nothing that takes a call while all is well', async () => {
    expect(await told()).toMatchObject({ state: 'ready' });
    expect(eventCalls()).toBe(0);
  });

  it.each([
    ['broken', 'it crashed again and again', 3, { code: 'vm_crashed', system: 'server' }],
    ['starting', 'it crashed once', 1, undefined],
  ])('is that one is %s when %s, asked for once', async (state, _, count, reason) => {
    world['virtualmachines'] = [placed(vm({ printableStatus: 'Starting' }))];
    world['virtualmachineinstances'] = [again];
    world['events'] = [crashed(count)];
    const seen = await told();
    expect(seen).toMatchObject({ state, ...(reason && { reason }) });
    await told();
    expect(api.requests.filter((request) => request.includes('/events'))).toEqual([
      `GET /api/v1/namespaces/${namespace}/events`,
    ]);
  });
});
