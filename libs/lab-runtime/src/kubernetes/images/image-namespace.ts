import type { V1NetworkPolicyPeer } from '@kubernetes/client-node';
import type { Namespace, NetworkPolicy, ServiceAccount } from '../client/kinds.js';
import type { KubeObject } from '../client/kube-object.js';
import { dnsEgress } from '../forge/dns-access.js';
import { openRanges, parseRange } from '../forge/open-ranges.js';
import { inNamespace } from '../forge/pods-of.js';
import { label } from '../labels.js';
import { imageNamespaceOf } from '../names.js';
import type { ImageOptions } from './image-options.js';

type Place = Pick<ImageOptions, 'instance' | 'dns' | 'policy' | 'openRanges' | 'closedRanges' | 'cdiNamespace'>;

/** What CDI writes on the pods that fetch, send and receive disks. */
const worker = (kind: string) => ({ matchLabels: { 'cdi.kubevirt.io': kind } });
const workers = {
  importer: worker('importer'),
  source: worker('cdi-clone-source'),
  target: worker('cdi-upload-server'),
};
/** Receiving disks, and telling CDI how far a worker is. */
const workerPort = { protocol: 'TCP', port: 8443 };

/**
 * The namespace of golden images. Importers fetch what strangers name: they reach the public internet and names, and
 * nothing of the cluster, whatever a name resolves to and wherever a redirect leads.
 */
export function imageNamespace(place: Place): KubeObject[] {
  const { instance, cdiNamespace = 'cdi' } = place;
  const namespace = imageNamespaceOf(instance);
  const labels = { [label.instance]: instance };
  const policy = (name: string, spec: NetworkPolicy['spec']): NetworkPolicy => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels },
    spec,
  });
  const cdi = { namespaceSelector: inNamespace(cdiNamespace) };
  const made: Namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: { ...labels, 'pod-security.kubernetes.io/enforce': 'restricted' } },
  };
  const account: ServiceAccount = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace, labels },
    automountServiceAccountToken: false,
  };
  return [
    made,
    policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy('imports', {
      podSelector: workers.importer,
      policyTypes: ['Egress'],
      egress: [...dnsEgress(place.dns), { to: sourcesOf(place) }],
    }),
    policy('progress', {
      podSelector: { matchExpressions: [{ key: 'cdi.kubevirt.io', operator: 'Exists' }] },
      policyTypes: ['Ingress'],
      ingress: [{ from: [cdi], ports: [workerPort] }],
    }),
    policy('copies-out', {
      podSelector: workers.source,
      policyTypes: ['Egress'],
      // Where the storage cannot clone, CDI copies from pod to pod, by name.
      egress: [...dnsEgress(place.dns), { to: [{ podSelector: workers.target }], ports: [workerPort] }],
    }),
    policy('copies-in', {
      podSelector: workers.target,
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: workers.source }], ports: [workerPort] }],
    }),
    account,
  ];
}

function sourcesOf({ policy, openRanges: opened = [], closedRanges = [] }: Place): V1NetworkPolicyPeer[] {
  if (policy?.allowPrivate) return [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }];
  const blocks = [...openRanges(closedRanges), ...opened.map((range) => ({ cidr: parseRange(range).cidr }))];
  return blocks.map((ipBlock) => ({ ipBlock }));
}
