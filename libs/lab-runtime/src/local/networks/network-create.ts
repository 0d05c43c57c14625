import type { NetworkSpec, SessionSpec } from '@lab-orchestrator/contracts';
import type Docker from 'dockerode';
import { bridgeName, label, networkName } from '../names.js';
import { formatRange, gatewayOf, type Range } from './subnets.js';

type Wanted = { instance: string; session: SessionSpec; spec: NetworkSpec; subnet: Range };

/**
 * Podman's own `POST /networks/create`: only there can its resolver be switched off. It would pass outside names on
 * to the host's resolver, also for networks that must not reach anything.
 */
export function podmanNetwork(wanted: Wanted) {
  const { instance, session, spec, subnet } = wanted;
  return {
    name: networkName(instance, session.sessionId, spec.name),
    driver: 'bridge',
    network_interface: bridgeName(instance, session.sessionId, spec.name),
    internal: !spec.internet,
    ipv6_enabled: false,
    dns_enabled: false,
    subnets: [{ subnet: formatRange(subnet), gateway: gatewayOf(subnet) }],
    options: { isolate: 'true' },
    labels: labelsOf(wanted),
  };
}

export function dockerNetwork(wanted: Wanted): Docker.NetworkCreateOptions {
  const { instance, session, spec, subnet } = wanted;
  return {
    Name: networkName(instance, session.sessionId, spec.name),
    Driver: 'bridge',
    Internal: !spec.internet,
    EnableIPv6: false,
    CheckDuplicate: true,
    IPAM: { Driver: 'default', Config: [{ Subnet: formatRange(subnet), Gateway: gatewayOf(subnet) }] },
    Options: { 'com.docker.network.bridge.name': bridgeName(instance, session.sessionId, spec.name) },
    Labels: labelsOf(wanted),
  };
}

function labelsOf({ instance, session, spec }: Wanted): Record<string, string> {
  return {
    [label.instance]: instance,
    [label.session]: session.sessionId,
    [label.network]: spec.name,
    [label.generation]: String(session.generation),
    [label.internet]: String(spec.internet),
  };
}
