import { describe, expect, it } from 'vitest';
import { container, session } from '../../conformance/subject.js';
import { containerDisk, vmSystem } from '../testing/vm-system.js';
import type { ForgeFacts, ForgeSettings } from './forge-settings.js';
import { policiesFor } from './policies.js';

const settings = {
  instance: 'class',
  dns: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } },
  closedRanges: [],
} as unknown as ForgeSettings;
const facts = { clusterRanges: [] } as unknown as ForgeFacts;
const web = (name: string, port: number) => ({ name, kind: 'web' as const, port, path: '/' });

describe('web ports of virtual machines', () => {
  const systems = [
    container({ image: { ...containerDisk, kind: 'container' } }, 'app', { access: [web('site', 80)] }),
    vmSystem({ name: 'server', access: [{ name: 'console', kind: 'serial' }, web('site', 80), web('admin', 8443)] }),
    vmSystem({ name: 'silent' }),
  ];
  const policiesOf = (change: Partial<ForgeSettings> = {}) =>
    policiesFor({ ...settings, ...change }, session(systems), facts).filter(({ metadata }) =>
      metadata.name?.startsWith('ports-'),
    );

  it('let in KubeVirt’s forwarder, to the declared ports of the machines that have some', () => {
    const [policy, ...others] = policiesOf();
    expect(others).toEqual([]);
    expect(policy?.metadata.name).toBe('ports-server');
    expect(policy?.spec).toEqual({
      podSelector: { matchLabels: { 'lab-orchestrator.dev/system': 'server' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kubevirt' } },
              podSelector: { matchLabels: { 'kubevirt.io': 'virt-api' } },
            },
          ],
          ports: [
            { protocol: 'TCP', port: 80 },
            { protocol: 'TCP', port: 8443 },
          ],
        },
      ],
    });
  });

  it('know another place of KubeVirt', () => {
    const virtApi = { namespace: 'virt', podLabels: { app: 'api' } };
    const [policy] = policiesOf({ virtApi });
    expect(policy?.spec?.ingress?.[0]?.from?.[0]).toEqual({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'virt' } },
      podSelector: { matchLabels: { app: 'api' } },
    });
  });
});
