import { expect, it } from 'vitest';
import type { Namespace } from '../client/kinds.js';
import { namespaceEndOf } from './namespace-end.js';

const startMs = Date.parse('2026-01-01T10:00:00Z');
const ending = (conditions: [type: string, status: string, message: string][]): Namespace => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'main-1', deletionTimestamp: '2026-01-01T10:00:00Z' },
  status: {
    phase: 'Terminating',
    conditions: conditions.map(([type, status, message]) => ({ type, status, message })),
  },
});

it.each([
  ['nothing known yet', [], [], []],
  [
    'an object of the core',
    [
      ['NamespaceContentRemaining', 'True', 'Some resources are remaining: configmaps. has 1 resource instances'],
      [
        'NamespaceFinalizersRemaining',
        'True',
        'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
      ],
    ],
    [{ resource: 'configmaps', group: '' }],
    ['example.com/hold'],
  ],
  [
    'several kinds and finalizers',
    [
      [
        'NamespaceContentRemaining',
        'True',
        'Some resources are remaining: pods. has 2 resource instances, virtualmachines.kubevirt.io has 1 resource instances',
      ],
      [
        'NamespaceFinalizersRemaining',
        'True',
        'Some content in the namespace has finalizers remaining: a.io/x in 1 resource instances, kubevirt.io/virtualMachineControllerFinalize in 1 resource instances',
      ],
    ],
    [
      { resource: 'pods', group: '' },
      { resource: 'virtualmachines', group: 'kubevirt.io' },
    ],
    ['a.io/x', 'kubevirt.io/virtualMachineControllerFinalize'],
  ],
  [
    'what was left, and is not any more',
    [['NamespaceContentRemaining', 'False', 'All content successfully removed']],
    [],
    [],
  ],
] as const)('reads %s', (_, conditions, leftovers, finalizers) => {
  const end = namespaceEndOf(
    ending(conditions.map(([type, status, message]) => [type, status, message])),
    startMs + 90_000,
  );
  expect(end).toEqual({ forMs: 90_000, leftovers, finalizers });
});

it('tells what keeps the controller itself', () => {
  const message = 'Discovery failed for some groups, 1 failing: unable to retrieve metrics.k8s.io/v1beta1';
  const end = namespaceEndOf(ending([['NamespaceDeletionDiscoveryFailure', 'True', message]]), startMs);
  expect(end.obstacle).toBe(message);
});
