import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../client/kube-object.js';
import { findSystem } from './find-system.js';

const pod = (metadata: Partial<KubeObject['metadata']> = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'alpha', namespace: 'lab', ...metadata },
  spec: { containers: [{ name: 'system', image: 'any' }] },
});
const machine = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata: { name: 'alpha', namespace: 'lab' } };

function find(...objects: { kind: string }[]) {
  const read = async ({ kind }: { kind: { kind: string } }) => objects.find((one) => one.kind === kind.kind);
  return findSystem({ read } as unknown as Parameters<typeof findSystem>[0], 'lab', 'alpha');
}

describe('which object a system is', () => {
  it('is the pod of its name, and in it the container that the pod names', async () => {
    expect(await find(pod())).toMatchObject({ kind: 'container', place: { pod: 'alpha', container: 'system' } });
    const annotations = { 'kubectl.kubernetes.io/default-container': 'other' };
    expect(await find(pod({ annotations }))).toMatchObject({ place: { container: 'other' } });
  });

  it('is the virtual machine of its name', async () => {
    expect(await find(machine)).toEqual({ kind: 'vm', place: { namespace: 'lab', vm: 'alpha' } });
  });

  it('is no pod that is being deleted, though that still runs commands until its grace period ends', async () => {
    const ending = pod({ deletionTimestamp: '2026-01-01T00:00:00Z' });
    await expect(find(ending)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is nothing when there is neither', async () => {
    await expect(find()).rejects.toMatchObject({ code: 'not_found' });
  });
});
