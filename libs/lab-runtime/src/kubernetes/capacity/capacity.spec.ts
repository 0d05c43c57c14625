import { describe, expect, it } from 'vitest';
import type { Node, Pod } from '../client/kinds.js';
import { forgeFacts } from '../testing/lab-session.js';
import { capacityOf } from './capacity.js';
import type { ClusterFacts } from './cluster-facts.js';

const facts: ClusterFacts = {
  forge: forgeFacts,
  vms: true,
  kvm: false,
  snapshots: true,
  version: 'v1.34.4',
  limitations: [],
};
const Gi = 2 ** 30;
const node = (name: string, change: Partial<Node['spec']> = {}, ready = 'True'): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
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
      0.25,
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
    expect(capacityOf([small], [pod('a')], facts, 0.25).nodes[0]).toMatchObject({ cpusFree });
  });

  it.each([
    ['cordoned', node('a', { unschedulable: true })],
    ['not ready', node('a', {}, 'False')],
    ['kept for others', node('a', { taints: [{ key: 'x', effect: 'NoSchedule' }] })],
  ])('is none on a node that is %s', (_, unusable) => {
    expect(capacityOf([unusable], [], facts, 0.25)).toMatchObject({ cpus: { total: 0 }, nodes: [] });
  });

  it('counts init containers, sidecars and overhead as the scheduler does', () => {
    const spec = {
      initContainers: [
        { name: 'big', image: 'i', ...requests('3', '512Mi') },
        { name: 'side', image: 'i', restartPolicy: 'Always', ...requests('100m', '1Gi') },
      ],
      overhead: { cpu: '250m' },
    };
    expect(capacityOf([node('a')], [pod('a', spec)], facts, 0.25)).toMatchObject({
      cpus: { free: 0.75 },
      memoryBytes: { free: 6 * Gi },
    });
  });

  it('never is less than none', () => {
    const pods = Array.from({ length: 20 }, () => pod('a'));
    expect(capacityOf([node('a')], pods, facts, 0.25)).toMatchObject({ cpus: { free: 0 }, memoryBytes: { free: 0 } });
  });

  it('comes with what the cluster can do', () => {
    expect(capacityOf([], [], facts, 0.25).features).toEqual({
      vms: true,
      kvm: false,
      forwarding: false,
      internet: true,
      userNamespaces: true,
      snapshots: true,
      freezesContainers: false,
    });
  });
});
