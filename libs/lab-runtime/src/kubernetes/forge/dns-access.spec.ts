import { describe, expect, it } from 'vitest';
import { forgeSettingsOf } from '../create-kubernetes-runtime.js';
import { imageNamespace } from '../images/image-namespace.js';
import { forgeFacts, forgeSettings, labSession } from '../testing/lab-session.js';
import { type ClusterDns, dnsEgress, usualDns } from './dns-access.js';
import { policiesFor } from './policies.js';

const both = (port: number) => [
  { protocol: 'UDP', port },
  { protocol: 'TCP', port },
];
const podsOf = (namespace: string, matchLabels: Record<string, string>) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels },
});
const other: ClusterDns = {
  namespace: 'openshift-dns',
  podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
  port: 5353,
};
const cached: ClusterDns = { ...usualDns, cidrs: ['169.254.20.10/32', 'fd00::a/128'] };

describe('the way to names', () => {
  it.each([
    ['the usual pods', usualDns, [{ to: [podsOf('kube-system', { 'k8s-app': 'kube-dns' })], ports: both(53) }]],
    ['others at their own port', other, [{ to: [podsOf('openshift-dns', other.podLabels)], ports: both(5353) }]],
    [
      'a cache on each node',
      cached,
      [
        { to: [podsOf('kube-system', { 'k8s-app': 'kube-dns' })], ports: both(53) },
        { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }, { ipBlock: { cidr: 'fd00::a/128' } }], ports: both(53) },
      ],
    ],
  ])('leads to %s', (_, dns, rules) => {
    expect(dnsEgress(dns)).toEqual(rules);
  });

  it('is the only one out of a lab without networks to the internet', () => {
    const dns = { ...other, cidrs: ['169.254.20.10'] };
    const policies = policiesFor(forgeSettings({ dns }), labSession(), forgeFacts);
    const names = policies.find(({ metadata }) => metadata.name === 'names');
    expect(names?.spec?.egress).toEqual(dnsEgress(dns));
    const ranges = policies.flatMap(({ spec }) => spec?.egress ?? []).flatMap(({ to }) => to ?? []);
    expect(ranges.flatMap(({ ipBlock }) => ipBlock ?? [])).toEqual([{ cidr: '169.254.20.10/32' }]);
  });

  it('is that of imports and copies of images, too', () => {
    const objects = imageNamespace({ instance: 'lab', dns: cached });
    const egressOf = (name: string) => {
      const policy = objects.find(({ metadata }) => metadata.name === name);
      return policy?.kind === 'NetworkPolicy' && 'spec' in policy ? policy.spec : undefined;
    };
    for (const name of ['imports', 'copies-out'])
      expect(egressOf(name)).toMatchObject({ egress: expect.arrayContaining(dnsEgress(cached)) });
  });

  it('is refused when an address is none', () => {
    const dns = { ...usualDns, cidrs: ['dns.test'] };
    expect(() => forgeSettingsOf({ instance: 'main', builtinImages: {}, forge: { dns } })).toThrow(/no address range/);
  });
});
