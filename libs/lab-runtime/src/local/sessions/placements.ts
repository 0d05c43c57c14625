import type { SessionSpec, SystemSpec } from '@lab-orchestrator/contracts';
import type { Placement } from '../containers/placement.js';
import { userIdsPerRange } from '../containers/placement.js';
import { containerName, label, macAddress, slotOf } from '../names.js';
import type { LabNetwork } from '../networks/session-networks.js';
import { hostAddress } from '../networks/subnets.js';
import type { ContainerPlan } from '../systems/container-plan.js';
import type { Attachment } from '../systems/system-place.js';

/** Ranges lie between 1,000,000,000 and 2^31: above the users of hosts, below what old tools take for negative. */
const firstRange = 1_000_000_000;
const ranges = 16_384;

/** The interfaces of a system; address and MAC are computed, so they survive restarts and repeats. */
export function attachmentsOf(session: SessionSpec, system: SystemSpec, networks: readonly LabNetwork[]): Attachment[] {
  const index = session.systems.findIndex((other) => other.name === system.name);
  return system.networks
    .map((name) => networks.find((network) => network.network === name))
    .filter((network) => network !== undefined)
    .map((network) => ({
      network: network.network,
      engineNetwork: network.engineNetwork,
      address: hostAddress(network.subnet, index),
      prefixLength: network.subnet.bits,
      gateway: network.gateway,
      mac: macAddress(session.sessionId, system.name, network.network),
      internet: network.internet,
    }));
}

/** Names a system can reach, with the address on the first network it shares with each of them. */
export function hostsOf(
  session: SessionSpec,
  system: SystemSpec,
  networks: readonly LabNetwork[],
): Record<string, string> {
  const hosts: Record<string, string> = {};
  for (const other of session.systems) {
    if (other.name === system.name) continue;
    const theirs = attachmentsOf(session, other, networks);
    const shared = system.networks
      .map((name) => theirs.find((attachment) => attachment.network === name))
      .find(Boolean);
    if (shared) hosts[other.name] = shared.address;
  }
  return hosts;
}

/** Name, labels and attachments of a system's container. */
export function placementOf(
  instance: string,
  session: SessionSpec,
  system: SystemSpec,
  networks: readonly LabNetwork[],
  plan: ContainerPlan,
  host: { nameServers: string[]; limits: Placement['limits'] },
): Placement {
  const attachments = attachmentsOf(session, system, networks);
  return {
    name: containerName(instance, session.sessionId, system.name),
    hostname: system.name,
    labels: {
      [label.instance]: instance,
      [label.session]: session.sessionId,
      [label.system]: system.name,
      [label.kind]: system.kind,
      [label.generation]: String(session.generation),
      [label.addresses]: JSON.stringify(
        Object.fromEntries(attachments.map(({ network, address }) => [network, address])),
      ),
      [label.cpus]: String(plan.cpus),
      [label.memoryBytes]: String(plan.memoryBytes),
      [label.userNamespace]: String(plan.userNamespace),
    },
    attachments,
    hosts: hostsOf(session, system, networks),
    nameServers: host.nameServers,
    firstUserId: firstRange + slotOf(session.sessionId, ranges) * userIdsPerRange,
    limits: host.limits,
  };
}
