import { afterEach, describe, expect, it } from 'vitest';
import { Cluster } from '../client/cluster.js';
import { json, standInApi } from '../testing/stand-in-api.js';
import { probeFacts } from './probe-facts.js';

type World = Record<string, object | number>;
const list = (...items: object[]) => ({ metadata: {}, items });
const withStatus = (status: object, spec: object = {}) => list({ metadata: { name: 'one' }, spec, status });
const deployed = withStatus({ phase: 'Deployed' });
const says = (available: string) =>
  withStatus({ phase: 'Deploying', conditions: [{ type: 'Available', status: available }] });
const node = (userNamespaces: boolean, allocatable: object = {}) =>
  list({
    metadata: { name: 'n' },
    spec: { podCIDRs: ['10.244.0.0/24'] },
    status: { allocatable, addresses: [], runtimeHandlers: [{ name: '', features: { userNamespaces } }] },
  });

const kubeVirt = '/apis/kubevirt.io/v1';
const cdi = '/apis/cdi.kubevirt.io/v1beta1';
const plain: World = {
  '/version': { gitVersion: 'v1.34.4' },
  '/api/v1/nodes': node(false),
  '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices': list(),
};
const kubeVirtThere: World = {
  [`${kubeVirt}/kubevirts`]: deployed,
  [`${kubeVirt}/virtualmachines`]: list(),
  [`${kubeVirt}/virtualmachineinstances`]: list(),
};
const cdiThere: World = { [`${cdi}/cdis`]: deployed, [`${cdi}/datavolumes`]: list() };
const both = { ...kubeVirtThere, ...cdiThere };

describe('what a cluster can do, by a peer that stands in for its API server', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });

  /** Whatever the world does not have is not found; a number is the status of a refusal. */
  async function probed(world: World) {
    const api = await standInApi((request, response) => {
      const answer = { ...plain, ...world }[`${request.method === 'POST' ? 'POST ' : ''}${pathOf(request.url)}`] ?? 404;
      if (typeof answer === 'number') json(response, { kind: 'Status', code: answer }, answer);
      else json(response, answer);
    });
    closers.push(api.close);
    const cluster = new Cluster({ config: api.config, retries: { tries: 1, firstWaitMs: 1, longestWaitMs: 1 } });
    return probeFacts(cluster, { image: 'terminal', namespace: () => Promise.resolve('probe') });
  }

  it.each<[string, World, { vms: boolean; vmKinds: boolean }]>([
    ['no KubeVirt', {}, { vms: false, vmKinds: false }],
    ['KubeVirt without CDI', kubeVirtThere, { vms: false, vmKinds: false }],
    ['CDI without KubeVirt', cdiThere, { vms: false, vmKinds: false }],
    ['both', both, { vms: true, vmKinds: true }],
    ['KubeVirt being installed', { ...both, [`${kubeVirt}/kubevirts`]: says('False') }, { vms: false, vmKinds: true }],
    ['KubeVirt being upgraded', { ...both, [`${kubeVirt}/kubevirts`]: says('True') }, { vms: true, vmKinds: true }],
    ['CDI being upgraded', { ...both, [`${cdi}/cdis`]: says('True') }, { vms: true, vmKinds: true }],
    ['kinds that nobody has installed', { ...both, [`${kubeVirt}/kubevirts`]: list() }, { vms: false, vmKinds: true }],
    ['no right to look at KubeVirt', { ...both, [`${kubeVirt}/kubevirts`]: 403 }, { vms: false, vmKinds: true }],
    ['no right to list machines', { ...both, [`${kubeVirt}/virtualmachines`]: 403 }, { vms: false, vmKinds: false }],
    ['no right to list disks', { ...both, [`${cdi}/datavolumes`]: 403 }, { vms: false, vmKinds: false }],
  ])('with %s', async (_, world, expected) => {
    const facts = await probed(world);
    expect(facts).toMatchObject(expected);
    expect(facts.limitations.some((text) => text.includes('no KubeVirt with CDI'))).toBe(!expected.vms);
  });

  it.each([500, 503])('is not known while the kinds of KubeVirt answer %i', async (status) => {
    await expect(probed({ ...both, [`${kubeVirt}/virtualmachines`]: status })).rejects.toMatchObject({
      retryable: true,
    });
  });

  it.each([
    [404, false],
    [403, false],
    [{ kind: 'APIResourceList' }, true],
  ])('has Multus when its API answers %j: %s', async (answer, multus) => {
    const facts = await probed({ '/apis/k8s.cni.cncf.io/v1': answer });
    expect(facts.forge.multus).toBe(multus);
    expect(facts.limitations.some((text) => text.includes('no Multus'))).toBe(!multus);
  });

  const pods = 'POST /api/v1/namespaces/probe/pods';
  it.each<[string, World, boolean]>([
    ['the nodes have them and the API server keeps them', { [pods]: { spec: { hostUsers: false } } }, true],
    ['the API server drops them', { [pods]: { spec: {} } }, false],
    ['pods are refused', { [pods]: 422 }, false],
    ['the nodes have none', { [pods]: { spec: { hostUsers: false } }, '/api/v1/nodes': node(false) }, false],
  ])('has user namespaces when %s', async (_, world, userNamespaces) => {
    const { forge } = await probed({ '/api/v1/nodes': node(true), ...world });
    expect(forge).toMatchObject({ userNamespaces, clusterRanges: ['10.244.0.0/24'] });
  });

  it.each([
    ['0', false],
    ['110', true],
  ])('offers hardware virtualization when a node has %s devices', async (devices, kvm) => {
    expect(await probed({ '/api/v1/nodes': node(false, { 'devices.kubevirt.io/kvm': devices }) })).toMatchObject({
      kvm,
    });
  });

  it('has launchers with a seccomp profile when KubeVirt says so', async () => {
    const profile = { virtualMachineInstanceProfile: { customProfile: { runtimeDefaultProfile: true } } };
    const spec = { configuration: { seccompConfiguration: profile } };
    const facts = await probed({ ...both, [`${kubeVirt}/kubevirts`]: withStatus({ phase: 'Deployed' }, spec) });
    expect(facts.forge.restrictedVms).toBe(true);
    expect((await probed(both)).forge.restrictedVms).toBe(false);
  });
});

const pathOf = (url = '/') => new URL(url, 'http://stand-in').pathname;
