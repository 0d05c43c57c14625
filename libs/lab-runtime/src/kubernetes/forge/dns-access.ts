import type { V1NetworkPolicyEgressRule } from '@kubernetes/client-node';
import type { Wire } from '../client/kube-object.js';
import { parseRange } from './open-ranges.js';
import { podsOf } from './pods-of.js';

/** Who answers names in the cluster. */
export type ClusterDns = {
  namespace: string;
  podLabels: Record<string, string>;
  /** The port of the pods, not of their service: policies see a connection after the service's address was translated. Default 53. */
  port?: number;
  /** Addresses on the nodes that answer, too: a cache on each node has one (169.254.20.10). They are asked at port 53. */
  cidrs?: readonly string[];
};

/** Where the DNS of most clusters is. */
export const usualDns: ClusterDns = { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } };

/** What lets a pod ask for names, and nothing else. Throws on a range that is none. */
export function dnsEgress({
  namespace,
  podLabels,
  port = 53,
  cidrs = [],
}: ClusterDns): Wire<V1NetworkPolicyEgressRule>[] {
  const nodes = cidrs.map((range) => ({ ipBlock: { cidr: parseRange(range).cidr } }));
  return [
    { to: [podsOf(namespace, podLabels)], ports: bothAt(port) },
    ...(nodes.length > 0 ? [{ to: nodes, ports: bothAt(53) }] : []),
  ];
}

const bothAt = (port: number) => ['UDP', 'TCP'].map((protocol) => ({ protocol, port }));
