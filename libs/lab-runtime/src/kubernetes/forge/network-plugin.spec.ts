import { describe, expect, it } from 'vitest';
import { kubeVirtSystems, type KubeVirtParts } from '../sessions/vm/kubevirt-systems.js';
import { containerSystem, forgeFacts, forgeSettings, labSession } from '../testing/lab-session.js';
import { vmSystem } from '../testing/vm-system.js';
import { bridgeName, networkAttachmentsFor } from './multus.js';
import type { NetworkPlugin } from './network-plugin.js';
import { podFor } from './pod.js';

const networks = ['lan', 'wan'];
const container = containerSystem({ networks });
const machine = vmSystem({ networks, disks: [] });
const session = labSession({
  networks: networks.map((name) => ({ name, internet: false })),
  systems: [container, machine],
});
const facts = { ...forgeFacts, multus: true };
const attachmentsOf = (networkPlugin: NetworkPlugin) =>
  networkAttachmentsFor(forgeSettings({ networkPlugin }), session, facts).map(({ metadata, spec }) => ({
    name: metadata.name,
    config: JSON.parse(spec.config),
  }));

describe('a lab with two networks', () => {
  it('has a bridge for each, of its own name', () => {
    expect(attachmentsOf({ type: 'bridge', mtu: 1400 })).toMatchSnapshot();
  });

  it('has a network of OVN-Kubernetes for each, over all nodes', () => {
    expect(attachmentsOf({ type: 'ovn-k8s-cni-overlay', mtu: 1300 })).toMatchSnapshot();
  });

  it('gives a container an interface on each, beside the pod’s own', () => {
    const { metadata } = podFor(forgeSettings(), session, container, facts);
    expect(metadata.annotations).toMatchSnapshot();
  });

  it('gives a virtual machine a card on each, beside the pod’s own', async () => {
    const parts: Partial<KubeVirtParts> = {
      instance: 'main',
      nodeSelector: {},
      images: { origins: () => Promise.resolve(() => ({ kind: 'empty' }) as never) },
    };
    const objects = await kubeVirtSystems(parts as KubeVirtParts).forge(session, machine, facts);
    const vm = objects.find(({ kind }) => kind === 'VirtualMachine');
    expect(vm).toMatchSnapshot();
  });

  it('shares no network with a lab of the same networks', () => {
    const other = { ...session, sessionId: '11111111-5a52-4f1a-9d3e-2f6f2b8f0a11' };
    for (const networkPlugin of [{ type: 'bridge' }, { type: 'ovn-k8s-cni-overlay' }] as const) {
      const [one, two] = [session, other].map((lab) =>
        networkAttachmentsFor(forgeSettings({ networkPlugin }), lab, facts).map(({ spec }) => JSON.parse(spec.config)),
      );
      const shared = ['name', 'bridge', 'netAttachDefName'].filter((key) => one?.[0][key] === two?.[0][key]);
      expect(shared.map((key) => one?.[0][key]).filter((value) => value !== undefined)).toEqual([]);
    }
  });
});

describe('the name of a bridge', () => {
  it.each([
    ['a', 's', 'n'],
    ['abcdefghijkl', session.sessionId, 'n'.repeat(40)],
  ])('fits an interface for %s, %s, %s', (instance, sessionId, network) => {
    const name = bridgeName(instance, sessionId, network);
    expect(name).toMatch(/^lb[0-9a-f]{12}$/);
    expect(name.length).toBeLessThanOrEqual(15);
  });
});
