import { describe, expect, it } from 'vitest';
import type { ResolvedLab } from '@lab-orchestrator/lab-folder';
import { refuseUnsupported } from './missing-abilities.js';

const everything = {
  vms: true,
  kvm: true,
  forwarding: true,
  internet: true,
  userNamespaces: true,
  snapshots: true,
  freezesContainers: true,
  kubernetesObjects: true,
};
const system = (facts: object) => ({ name: 'firewall', title: 'Firewall', kind: 'container', ...facts });
const lab = (...systems: object[]) =>
  ({ systems, kubernetesObjects: [] }) as unknown as Pick<ResolvedLab, 'systems' | 'kubernetesObjects'>;

describe('a lab that the runtime can never run', () => {
  it.each([
    ['a machine without KubeVirt or QEMU', { kind: 'vm' }, { vms: false }, /virtual machine.*KubeVirt/],
    ['a router without several interfaces', { forwarding: true }, { forwarding: false }, /routes.*Multus/],
    ['root that nothing confines', { root: true }, { userNamespaces: false }, /root.*user namespaces/],
  ])('is refused with what is missing and where: %s', (_, facts, features, text) => {
    const refusing = () => refuseUnsupported(lab(system({}), system(facts)), { ...everything, ...features });
    expect(refusing).toThrow(
      expect.objectContaining({
        code: 'lab_unsupported',
        status: 409,
        errors: [{ path: 'systems.firewall', message: expect.stringMatching(text) }],
      }),
    );
    expect(() => refuseUnsupported(lab(system(facts)), everything)).not.toThrow();
  });

  it.each([
    ['is no cluster', undefined],
    ['is a cluster that lets nobody make them', false],
  ])('is refused for its Kubernetes objects where the runtime %s', (_, kubernetesObjects) => {
    const note = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'note' } } as const;
    const withObjects = { ...lab(system({})), kubernetesObjects: [note] };
    expect(() => refuseUnsupported(withObjects, { ...everything, kubernetesObjects })).toThrow(
      expect.objectContaining({
        code: 'lab_unsupported',
        errors: [{ path: 'kubernetes.objects', message: expect.stringContaining('labs.kubernetesObjects') }],
      }),
    );
    expect(() => refuseUnsupported(withObjects, everything)).not.toThrow();
  });

  it('needs nothing for a plain container', () => {
    const nothing = {
      ...everything,
      vms: false,
      forwarding: false,
      userNamespaces: false,
      kubernetesObjects: false,
    };
    expect(() => refuseUnsupported(lab(system({})), nothing)).not.toThrow();
  });
});
