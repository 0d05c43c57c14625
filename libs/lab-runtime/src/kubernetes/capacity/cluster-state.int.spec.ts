import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cluster } from '../client/cluster.js';
import { json, type StandInApi, standInApi } from '../testing/stand-in-api.js';
import { ClusterState } from './cluster-state.js';

const list = (...items: object[]) => ({ metadata: {}, items });
const phase = (text: string) => list({ metadata: { name: 'one' }, status: { phase: text } });

describe('what is known of a cluster, by a peer that stands in for its API server', () => {
  let world: Record<string, object>;
  let isAway = false;
  let api: StandInApi;
  let state: ClusterState;
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    isAway = false;
    world = {
      '/version': { gitVersion: 'v1.34.4' },
      '/api/v1/nodes': list({ metadata: { name: 'n' } }),
      '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices': list(),
      '/apis/kubevirt.io/v1/kubevirts': phase('Deployed'),
      '/apis/kubevirt.io/v1/virtualmachines': list(),
      '/apis/kubevirt.io/v1/virtualmachineinstances': list(),
      '/apis/cdi.kubevirt.io/v1beta1/cdis': phase('Deployed'),
      '/apis/cdi.kubevirt.io/v1beta1/datavolumes': list(),
    };
    api = await standInApi((request, response) => {
      const answer = world[new URL(request.url ?? '/', 'http://stand-in').pathname];
      if (isAway) json(response, {}, 500);
      else json(response, answer ?? {}, answer ? 200 : 404);
    });
    state = new ClusterState({
      cluster: new Cluster({ config: api.config, retries: { tries: 1, firstWaitMs: 1, longestWaitMs: 1 } }),
      image: 'terminal',
      namespace: () => Promise.resolve('probe'),
      cpuRequestShare: 1,
      nodeSelector: {},
      lowestPodSecurity: 'baseline',
      vmRest: {},
    });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await api.close();
  });

  const probes = () => api.requests.filter((request) => request === 'GET /version').length;
  const vms = async () => (await state.facts()).vms;

  it('is asked for once by all who ask at the same time', async () => {
    expect(await Promise.all([vms(), vms(), vms()])).toEqual([true, true, true]);
    expect(await vms()).toBe(true);
    expect(probes()).toBe(1);
  });

  it('is asked again by the next one when there was no answer', async () => {
    isAway = true;
    await expect(vms()).rejects.toMatchObject({ code: 'unreachable' });
    isAway = false;
    expect(await vms()).toBe(true);
  });

  it('holds until something newer is known, also while the cluster is away', async () => {
    await vms();
    isAway = true;
    vi.advanceTimersByTime(600_001);
    expect(await vms()).toBe(true);
    await expect.poll(probes).toBe(2);
    expect(await vms()).toBe(true);
    isAway = false;
    delete world['/apis/kubevirt.io/v1/virtualmachines'];
    await expect.poll(async () => (await state.facts()).vmKinds).toBe(false);
  });

  it('is asked for again soon while KubeVirt is being installed', async () => {
    world['/apis/kubevirt.io/v1/kubevirts'] = phase('Deploying');
    expect(await state.facts()).toMatchObject({ vms: false, vmKinds: true });
    world['/apis/kubevirt.io/v1/kubevirts'] = phase('Deployed');
    expect(await vms()).toBe(false);
    vi.advanceTimersByTime(30_000);
    await expect.poll(vms).toBe(true);
    expect(probes()).toBe(2);
  });
});
