import { z } from 'zod';

/** What is known of a lab network when its plugin is configured. */
export type PluginNetwork = {
  /** A name that no other network of the cluster has; fits an interface (15 characters). */
  bridge: string;
  /** Namespace and name of the attachment definition, as `namespace/name`. */
  attachment: string;
  /** Its number within the lab, from 0. */
  index: number;
};

const mtu = z.int().min(1_280).max(65_535).optional();

/**
 * The CNI plugin that makes lab networks, and what may be said of it. Only plugins that make a network anew for each
 * lab: one that shares something (a card of the node, a VLAN, a bridge of one name) would connect labs with each other.
 */
export const NetworkPlugin = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bridge'), mtu }),
  z.strictObject({ type: z.literal('ovn-k8s-cni-overlay'), mtu }),
]);
export type NetworkPlugin = z.infer<typeof NetworkPlugin>;

/** The plugin's configuration for one network. Subnets may repeat, because no two networks share a wire. */
export function pluginConfig(plugin: NetworkPlugin, { bridge, attachment, index }: PluginNetwork): object {
  const subnet = `10.201.${index}.0/24`;
  switch (plugin.type) {
    case 'bridge':
      return { ...plugin, bridge, isGateway: false, ipam: { type: 'host-local', subnet } };
    case 'ovn-k8s-cni-overlay':
      return { ...plugin, topology: 'layer2', subnets: subnet, netAttachDefName: attachment };
  }
}
