import type { V1ContainerState, V1ContainerStatus, V1PodCondition, V1PodStatus } from '@kubernetes/client-node';
import type { Pod } from '../client/kinds.js';
import type { Wire } from '../client/kube-object.js';

export const startMs = Date.parse('2026-01-01T10:00:00Z');
export const at = (seconds: number) => new Date(startMs + seconds * 1000).toISOString();
export const image = 'registry.test/web:1';

export const container = (
  state: Wire<V1ContainerState>,
  change: Partial<Wire<V1ContainerStatus>> = {},
): Wire<V1ContainerStatus> => ({
  name: 'system',
  image,
  imageID: '',
  ready: false,
  restartCount: 0,
  state,
  ...change,
});
export const pulled = { imageID: 'sha256:1' };
export const condition = (type: string, status: string, change: Partial<Wire<V1PodCondition>> = {}) => ({
  type,
  status,
  ...change,
});
export const pod = (status: Wire<V1PodStatus>, metadata: Pod['metadata'] = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'main-1', creationTimestamp: at(0), ...metadata },
  spec: { nodeName: 'node-1', containers: [{ name: 'system', image }] },
  status: { podIP: '10.244.0.9', ...status },
});
export const pending = (status: Wire<V1PodStatus>) => pod({ phase: 'Pending', ...status });
export const running = (...statuses: Wire<V1ContainerStatus>[]) =>
  pod({ phase: 'Running', containerStatuses: statuses });
export const waiting = (reason: string, message?: string) => ({ waiting: { reason, message } });
export const ended = (exitCode: number, reason: string, message?: string) => ({
  terminated: { exitCode, reason, message, startedAt: at(1), finishedAt: at(2) },
});
export const since = (seconds: number) => ({ running: { startedAt: at(seconds) } });
export const unscheduled = (message: string) =>
  pending({ conditions: [condition('PodScheduled', 'False', { reason: 'Unschedulable', message })] });
export const tooFull =
  '0/3 nodes are available: 1 Insufficient cpu, 2 Insufficient memory. preemption: 0/3 nodes are available';
