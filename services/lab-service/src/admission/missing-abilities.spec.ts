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
};
const system = (facts: object) => ({ name: 'firewall', title: 'Firewall', kind: 'container', ...facts });
const lab = (...systems: object[]) => ({ systems }) as unknown as Pick<ResolvedLab, 'systems'>;

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

  it('needs nothing for a plain container', () => {
    const nothing = { ...everything, vms: false, forwarding: false, userNamespaces: false };
    expect(() => refuseUnsupported(lab(system({})), nothing)).not.toThrow();
  });
});
