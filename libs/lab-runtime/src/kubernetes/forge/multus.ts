import { createHash } from 'node:crypto';
import type { SessionSpec, SystemSpec } from '@lab-orchestrator/contracts';
import type { NetworkAttachmentDefinition } from '../client/kinds.js';
import { labelsOf } from '../labels.js';
import { namespaceOf, networkPolicyName } from '../names.js';
import type { ForgeFacts, ForgeSettings } from './forge-settings.js';
import { pluginConfig } from './network-plugin.js';

/** A lab with one network needs no second interface: its policy is enough. */
export function usesMultus(session: SessionSpec, facts: Pick<ForgeFacts, 'multus'>): boolean {
  return facts.multus && session.networks.length > 1;
}

/** One definition per lab network and session. */
export function networkAttachmentsFor(
  settings: ForgeSettings,
  session: SessionSpec,
  facts: ForgeFacts,
): NetworkAttachmentDefinition[] {
  if (!usesMultus(session, facts)) return [];
  const namespace = namespaceOf(settings.instance, session.sessionId);
  return session.networks.map(({ name: network }, index) => {
    const bridge = bridgeName(settings.instance, session.sessionId, network);
    const name = networkPolicyName(network);
    const plugin = pluginConfig(settings.networkPlugin, { bridge, attachment: `${namespace}/${name}`, index });
    return {
      apiVersion: 'k8s.cni.cncf.io/v1',
      kind: 'NetworkAttachmentDefinition',
      metadata: { name, namespace, labels: labelsOf(settings.instance, session.sessionId) },
      // Of the whole cluster: host-local keeps its leases by this name, and OVN-Kubernetes joins networks of one name.
      spec: { config: JSON.stringify({ cniVersion: '0.4.0', name: `${namespace}.${network}`, ...plugin }) },
    };
  });
}

/** Asks Multus for an interface on each network of the system, in their order: `net1`, `net2`, … */
export function multusAnnotation(session: SessionSpec, system: SystemSpec, facts: ForgeFacts): Record<string, string> {
  if (!usesMultus(session, facts)) return {};
  const networks = system.networks.map((network, index) => ({
    name: networkPolicyName(network),
    interface: `net${index + 1}`,
  }));
  return { 'k8s.v1.cni.cncf.io/networks': JSON.stringify(networks) };
}

/** Linux takes 15 characters (IFNAMSIZ - 1): 2 + 12, 48 bits. */
export function bridgeName(instance: string, sessionId: string, network: string): string {
  return `lb${createHash('sha256').update(`${instance}/${sessionId}/${network}`).digest('hex').slice(0, 12)}`;
}
