import { describe, expect, it } from 'vitest';
import type { Node, Pod } from '../client/kinds.js';
import { forgeFacts } from '../testing/lab-session.js';
import { capacityOf, type PlacementSettings } from './capacity.js';
import type { ClusterFacts } from './cluster-facts.js';

const facts: ClusterFacts = {
  forge: forgeFacts,
  vms: true,
  vmKinds: true,
  kvm: false,
  snapshots: true,
  version: 'v1.34.4',
  limitations: [],
};
const settings: PlacementSettings = {
  cpuRequestShare: 0.25,
  nodeSelector: {},
  lowestPodSecurity: 'baseline',
  vmRest: {},
};
const Gi = 2 ** 30;
const node = (
  name: string,
  change: Partial<Node['spec']> = {},
  ready = 'True',
  labels: Record<string, string> = {},
): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
  spec: { ...change },
  status: { allocatable: { cpu: '4', memory: '8Gi' }, conditions: [{ type: 'Ready', status: ready }] },
});
const requests = (cpu: string, memory: string) => ({ resources: { requests: { cpu, memory } } });
const pod = (nodeName: string | undefined, spec: Partial<NonNullable<Pod['spec']>> = {}, phase = 'Running'): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: { nodeName, containers: [{ name: 'c', image: 'i', ...requests('500m', '1Gi') }], ...spec },
  status: { phase },
});

describe('room on the cluster', () => {
  it('is what nodes can allocate, less what pods request', () => {
    const seen = capacityOf(
      [node('a'), node('b')],
      [pod('a'), pod('a'), pod(undefined), pod('b', {}, 'Succeeded')],
      facts,
      settings,
    );
    expect(seen).toMatchObject({
      cpus: { total: 8, free: 7 },
      labCpus: { total: 32, free: 28 },
      memoryBytes: { total: 16 * Gi, free: 14 * Gi },
      nodes: [
        { name: 'a', cpusFree: 3, labCpus: { total: 16, free: 12 }, memoryFreeBytes: 6 * Gi },
        { name: 'b', cpusFree: 4, memoryFreeBytes: 8 * Gi },
      ],
    });
  });

  it.each([
    [1, 0],
    [2, 3.5],
  ])('is none on a node that takes %i pods once they are there', (pods, cpusFree) => {
    const small = node('a');
    small.status = { ...small.status, allocatable: { ...small.status?.allocatable, pods: String(pods) } };
    expect(capacityOf([small], [pod('a')], facts, settings).nodes[0]).toMatchObject({ cpusFree });
  });

  const taint = (key: string, effect = 'NoSchedule') => ({ taints: [{ key, effect }] });

  it.each([
    ['cordoned', node('a', { unschedulable: true, ...taint('node.kubernetes.io/unschedulable') })],
    ['not ready', node('a', taint('node.kubernetes.io/not-ready', 'NoExecute'), 'False')],
    ['not heard of', node('a', {}, 'Unknown')],
    ['just coming', node('a', taint('node.cloudprovider.kubernetes.io/uninitialized'))],
  ])('is none now on a node that is %s, and may be some later', (_, away) => {
    expect(capacityOf([away], [], facts, settings)).toMatchObject({
      cpus: { total: 4, free: 0 },
      labCpus: { total: 16, free: 0 },
      memoryBytes: { total: 8 * Gi, free: 0 },
      nodes: [{ name: 'a', cpusFree: 0, memoryTotalBytes: 8 * Gi, memoryFreeBytes: 0 }],
    });
  });

  it.each<[string, Node, Record<string, string>?]>([
    ['kept for others', node('a', taint('example.com/gpu'))],
    ['of the control plane', node('a', taint('node-role.kubernetes.io/control-plane'))],
    ['not one of those for labs', node('a', {}, 'True', { pool: 'web' }), { pool: 'labs' }],
  ])('is none on a node that is %s', (_, foreign, nodeSelector = {}) => {
    const ours = node('b', {}, 'True', nodeSelector);
    const seen = capacityOf([foreign, ours], [], facts, { ...settings, nodeSelector });
    expect(seen).toMatchObject({ cpus: { total: 4 }, memoryBytes: { total: 8 * Gi }, nodes: [{ name: 'b' }] });
    expect(seen.nodes).toHaveLength(1);
  });

  it.each([
    ['is', { 'kubevirt.io/schedulable': 'true' }, 'now'],
    ['does not answer', { 'kubevirt.io/schedulable': 'false' }, 'later'],
    ['is not', {}, 'never'],
  ])('takes machines where KubeVirt %s on the node', (_, labels, machines) => {
    expect(capacityOf([node('a', {}, 'True', labels)], [], facts, settings).nodes).toMatchObject([{ machines }]);
  });

  it('counts init containers, sidecars and overhead as the scheduler does', () => {
    const spec = {
      initContainers: [
        { name: 'big', image: 'i', ...requests('3', '512Mi') },
        { name: 'side', image: 'i', restartPolicy: 'Always', ...requests('100m', '1Gi') },
      ],
      overhead: { cpu: '250m' },
    };
    expect(capacityOf([node('a')], [pod('a', spec)], facts, settings)).toMatchObject({
      cpus: { free: 0.75 },
      memoryBytes: { free: 6 * Gi },
    });
  });

  it('never is less than none', () => {
    const pods = Array.from({ length: 20 }, () => pod('a'));
    expect(capacityOf([node('a')], pods, facts, settings)).toMatchObject({
      cpus: { free: 0 },
      memoryBytes: { free: 0 },
    });
  });

  it('comes with what the cluster can do', () => {
    expect(capacityOf([], [], facts, settings).features).toEqual({
      vms: true,
      kvm: false,
      forwarding: false,
      internet: true,
      userNamespaces: true,
      snapshots: true,
      freezesContainers: false,
      hibernation: { atOnce: false },
    });
  });

  it.each([
    [
      { pause: 'freeze', hibernateAfterS: 60 },
      { atOnce: false, afterS: 60 },
    ],
    [{ pause: 'hibernate' }, { atOnce: true }],
  ] as const)('says what a pause does with machines: %j', (vmRest, hibernation) => {
    expect(capacityOf([], [], facts, { ...settings, vmRest }).features.hibernation).toEqual(hibernation);
  });

  it.each([
    [{ multus: true }, 'privileged', { forwarding: true, userNamespaces: true, vms: true }],
    [{ multus: true }, 'baseline', { forwarding: false, userNamespaces: true, vms: true }],
    [{ multus: true, userNamespaces: false }, 'privileged', { forwarding: false, userNamespaces: false }],
    [{ multus: false }, 'privileged', { forwarding: false }],
    [{ restrictedVms: false }, 'restricted', { userNamespaces: false, vms: false }],
    [{ restrictedVms: true }, 'restricted', { userNamespaces: false, vms: true }],
  ] as const)('promises nothing that would be refused: with %j and %s', (change, lowestPodSecurity, features) => {
    const here = { ...facts, forge: { ...forgeFacts, ...change } };
    expect(capacityOf([], [], here, { ...settings, lowestPodSecurity }).features).toMatchObject(features);
  });
});
