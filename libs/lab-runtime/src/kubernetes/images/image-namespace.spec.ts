import { describe, expect, it } from 'vitest';
import type { NetworkPolicy } from '../client/kinds.js';
import { imageNamespace } from './image-namespace.js';

const place = { instance: 'lab', dns: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } } };
const policies = (change: Partial<Parameters<typeof imageNamespace>[0]> = {}) =>
  new Map(
    imageNamespace({ ...place, ...change })
      .filter((object): object is NetworkPolicy => object.kind === 'NetworkPolicy')
      .map((policy) => [policy.metadata.name, policy.spec]),
  );

describe('the namespace of golden images', () => {
  it('is there before its policies, and they before all else', () => {
    expect(imageNamespace(place).map(({ kind }) => kind)).toEqual([
      'Namespace',
      ...Array.from({ length: 5 }, () => 'NetworkPolicy'),
      'ServiceAccount',
    ]);
    expect(imageNamespace(place)[0]?.metadata).toMatchObject({
      name: 'lab-images',
      labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    });
  });

  it('lets nothing in or out by default', () => {
    expect(policies().get('default-deny')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  it('lets importers reach names and public addresses, none of the cluster', () => {
    const egress = policies({ closedRanges: ['203.0.114.7'] }).get('imports')?.egress ?? [];
    expect(egress[0]).toMatchObject({ to: [{ podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }] });
    const [v4, v6] = egress[1]?.to ?? [];
    expect(v4?.ipBlock?.cidr).toBe('0.0.0.0/0');
    expect(v4?.ipBlock?.except).toEqual(
      expect.arrayContaining(['10.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '203.0.114.7/32']),
    );
    expect(v6?.ipBlock?.cidr).toBe('2000::/3');
    expect(egress[1]?.to).toHaveLength(2);
  });

  it('opens a mirror that the installation names', () => {
    const to = policies({ openRanges: ['10.1.2.0/24'] }).get('imports')?.egress?.[1]?.to;
    expect(to?.at(-1)).toEqual({ ipBlock: { cidr: '10.1.2.0/24' } });
    expect(() => policies({ openRanges: ['mirror.test'] })).toThrow(/no address range/);
  });

  it('lets CDI ask its own pods how far they are, and nobody else', () => {
    expect(policies({ cdiNamespace: 'storage' }).get('progress')?.ingress).toEqual([
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'storage' } } }],
        ports: [{ protocol: 'TCP', port: 8443 }],
      },
    ]);
  });
});
