import { z } from 'zod';
import { NetworkPlugin } from '../kubernetes/forge/network-plugin.js';
import { usualDns } from '../kubernetes/forge/dns-access.js';
import { jsonSetting } from './json-setting.js';

const namespace = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be the name of a namespace');
const labels = z
  .record(z.string().min(1), z.string().min(1))
  // No label would be every pod of the namespace.
  .refine((all) => Object.keys(all).length > 0, 'must name a label');

const Dns = z.strictObject({
  namespace: namespace.default(usualDns.namespace),
  podLabels: labels.default(usualDns.podLabels),
  port: z.int().min(1).max(65_535).optional(),
  cidrs: z.array(z.union([z.cidrv4(), z.cidrv6()])).optional(),
});

/** Settings in which clusters differ: where their own parts run, and what connects lab networks. */
export const clusterSettings = {
  /** Which pods answer names, at which port, and addresses of caches on the nodes. */
  LAB_KUBE_DNS: jsonSetting(Dns, '{"namespace":"kube-system","podLabels":{"k8s-app":"kube-dns"},"port":53}').optional(),
  /** Where CDI's own pods run, which look at imports and take uploads. */
  LAB_KUBE_CDI_NAMESPACE: namespace.optional(),
  /** Where KubeVirt's API server runs, which forwards ports of machines. */
  LAB_KUBE_KUBEVIRT_NAMESPACE: namespace.optional(),
  /** What makes a lab network where the cluster has Multus; a bridge on each node unless told. */
  LAB_KUBE_NETWORK_PLUGIN: jsonSetting(NetworkPlugin, '{"type":"bridge"} or {"type":"ovn-k8s-cni-overlay"}').optional(),
};
