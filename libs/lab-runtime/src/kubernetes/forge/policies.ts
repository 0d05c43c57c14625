import type { V1NetworkPolicySpec } from '@kubernetes/client-node';
import type { NetworkSpec, SessionSpec } from '@lab-orchestrator/contracts';
import type { NetworkPolicy } from '../client/kinds.js';
import type { Wire } from '../client/kube-object.js';
import { label, labelsOf, networkLabel } from '../labels.js';
import { machinePortsPolicyName, namespaceOf, networkPolicyName } from '../names.js';
import { dnsEgress } from './dns-access.js';
import type { ForgeFacts, ForgeSettings } from './forge-settings.js';
import { openRanges } from './open-ranges.js';
import { podsOf } from './pods-of.js';

type PolicySpec = Wire<V1NetworkPolicySpec>;

/** KubeVirt's API server, unless an installation says otherwise. */
const virtApiLabels = { 'kubevirt.io': 'virt-api' };

/**
 * What may talk to what: nothing; then names for every system; then the members of each lab network among each other,
 * and, where the lab says so, the public internet. Policies add up, so the first one holds alone until the others are there.
 */
export function policiesFor(settings: ForgeSettings, session: SessionSpec, facts: ForgeFacts): NetworkPolicy[] {
  const make = (name: string, spec: PolicySpec): NetworkPolicy => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name,
      namespace: namespaceOf(settings.instance, session.sessionId),
      labels: labelsOf(settings.instance, session.sessionId),
    },
    spec,
  });
  return [
    make('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    make('names', namesPolicy(settings)),
    ...machinePorts(session).map(({ system, ports }) =>
      make(machinePortsPolicyName(system), machinePortsPolicy(settings, system, ports)),
    ),
    ...session.networks.map((network) =>
      make(networkPolicyName(network.name), networkPolicy(network, [...settings.closedRanges, ...facts.clusterRanges])),
    ),
  ];
}

/** Systems may ask the cluster's DNS. It answers for the lab's own services; what else it answers is its operator's choice. */
function namesPolicy({ dns }: ForgeSettings): PolicySpec {
  return {
    podSelector: { matchExpressions: [{ key: label.system, operator: 'Exists' }] },
    policyTypes: ['Egress'],
    egress: dnsEgress(dns),
  };
}

/**
 * Web apps inside virtual machines: KubeVirt's port-forward connects from its `virt-api` pods to the machine's address, so
 * those, and only those, are let in, to just the ports that the lab declares. (Ports of containers are reached through
 * the kubelet, which needs no policy.)
 */
function machinePortsPolicy({ virtApi }: ForgeSettings, system: string, ports: number[]): PolicySpec {
  const { namespace = 'kubevirt', podLabels = virtApiLabels } = virtApi ?? {};
  return {
    podSelector: { matchLabels: { [label.system]: system } },
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [podsOf(namespace, podLabels)],
        ports: ports.map((port) => ({ protocol: 'TCP', port })),
      },
    ],
  };
}

function machinePorts({ systems }: SessionSpec): { system: string; ports: number[] }[] {
  return systems
    .filter(({ kind }) => kind === 'vm')
    .map(({ name, access }) => ({
      system: name,
      ports: access.flatMap((entry) => (entry.kind === 'web' ? [entry.port] : [])),
    }))
    .filter(({ ports }) => ports.length > 0);
}

function networkPolicy(network: NetworkSpec, closed: readonly string[]): PolicySpec {
  const members = { matchLabels: { [networkLabel(network.name)]: 'true' } };
  const outside: PolicySpec['egress'] = network.internet
    ? [{ to: openRanges(closed).map((ipBlock) => ({ ipBlock })) }]
    : [];
  return {
    podSelector: members,
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ podSelector: members }] }],
    egress: [{ to: [{ podSelector: members }] }, ...(outside ?? [])],
  };
}
