import type { NetworkSpec, SessionSpec } from '@lab-orchestrator/contracts';
import type Docker from 'dockerode';
import { RuntimeError } from '../../port/runtime-error.js';
import { connectLibpod, dial } from '../engine/engine-client.js';
import { isConflict, isNotFound, messageOf } from '../engine/engine-errors.js';
import type { EngineFacts } from '../engine/engine-facts.js';
import { bridgeName, label, networkName, slotOf } from '../names.js';
import { dockerNetwork, podmanNetwork } from './network-create.js';
import { dockerNetworks, type ListedNetwork, podmanNetworks } from './network-list.js';
import {
  formatRange,
  freeSubnets,
  gatewayOf,
  hostRoutes,
  parseRange,
  slotsOf,
  systemsPerNetwork,
  type Range,
} from './subnets.js';

/** A network of a session, as the engine holds it. */
export type LabNetwork = {
  /** Name of the lab network. */
  network: string;
  engineNetwork: string;
  bridge: string;
  subnet: Range;
  gateway: string;
  internet: boolean;
};

/** Creates and finds the engine networks of sessions. */
export class SessionNetworks {
  private readonly libpod: Docker;

  constructor(
    private readonly engine: Docker,
    private readonly facts: EngineFacts,
    private readonly instance: string,
    private readonly pool: Range,
    url: string,
  ) {
    this.libpod = connectLibpod(url);
  }

  /** The networks of a session that exist. */
  async list(sessionId: string): Promise<LabNetwork[]> {
    return this.readAll(await this.all(), sessionId);
  }

  /** Ids of sessions that have a network. */
  async sessions(): Promise<string[]> {
    const own = (await this.all()).filter(({ labels }) => labels[label.instance] === this.instance);
    return own.map(({ labels }) => labels[label.session] ?? '').filter(Boolean);
  }

  /** All networks of the session, in the lab's order; missing ones are created. */
  async ensure(session: SessionSpec): Promise<LabNetwork[]> {
    if (session.systems.length > systemsPerNetwork) {
      throw new RuntimeError('invalid_spec', `A lab may have at most ${systemsPerNetwork} systems here.`, false);
    }
    const all = await this.all();
    const existing = new Map(this.readAll(all, session.sessionId).map((network) => [network.network, network]));
    const missing = session.networks.some((spec) => !existing.has(spec.name));
    // Whoever made the others; their bridges may not exist yet.
    const taken = all.flatMap(({ ranges }) => ranges).map(parseRange);
    const used = missing ? [...(await hostRoutes()), ...taken] : [];
    return Promise.all(session.networks.map((spec) => existing.get(spec.name) ?? this.create(session, spec, used)));
  }

  async remove(network: LabNetwork): Promise<void> {
    try {
      await this.engine.getNetwork(network.engineNetwork).remove();
    } catch (error) {
      // One that has a container again, of a start that is under way, is found by the next removal.
      if (!isNotFound(error) && !isConflict(error) && !/network is being used/.test(messageOf(error))) throw error;
    }
  }

  private async create(session: SessionSpec, spec: NetworkSpec, used: readonly Range[]): Promise<LabNetwork> {
    const name = networkName(this.instance, session.sessionId, spec.name);
    const start = slotOf(name, Math.max(1, slotsOf(this.pool)));
    for (const subnet of freeSubnets(this.pool, start, used)) {
      try {
        await this.request({ instance: this.instance, session, spec, subnet });
        return this.made(session.sessionId, spec, subnet);
      } catch (error) {
        if (isSubnetTaken(error)) continue;
        if (!isConflict(error)) throw error;
        // The same session is being applied by another process: its network is as good as ours.
        const theirs = (await this.list(session.sessionId)).find((network) => network.network === spec.name);
        if (theirs) return theirs;
      }
    }
    const text = `No free subnet is left in ${formatRange(this.pool)} for the network ${spec.name}.`;
    throw new RuntimeError('unreachable', text, true);
  }

  private made(sessionId: string, spec: NetworkSpec, subnet: Range): LabNetwork {
    return {
      network: spec.name,
      engineNetwork: networkName(this.instance, sessionId, spec.name),
      bridge: bridgeName(this.instance, sessionId, spec.name),
      subnet,
      gateway: gatewayOf(subnet),
      internet: spec.internet,
    };
  }

  private async request(wanted: Parameters<typeof podmanNetwork>[0]): Promise<void> {
    if (this.facts.product === 'docker') {
      await this.engine.createNetwork(dockerNetwork(wanted));
      return;
    }
    const statusCodes = { 200: true, 400: 'bad parameter', 409: 'conflict', 500: 'server error' } as const;
    await dial(this.libpod, {
      path: '/libpod/networks/create',
      method: 'POST',
      options: podmanNetwork(wanted),
      statusCodes,
    });
  }

  private all(): Promise<ListedNetwork[]> {
    return this.facts.product === 'podman' ? podmanNetworks(this.libpod) : dockerNetworks(this.engine);
  }

  private readAll(networks: readonly ListedNetwork[], sessionId: string): LabNetwork[] {
    return networks.map((network) => this.read(network, sessionId)).filter((network) => network !== undefined);
  }

  private read({ labels, ranges: [range] }: ListedNetwork, sessionId: string): LabNetwork | undefined {
    const name = labels[label.network];
    if (labels[label.instance] !== this.instance || labels[label.session] !== sessionId) return undefined;
    if (name === undefined || range === undefined) return undefined;
    return this.made(sessionId, { name, internet: labels[label.internet] === 'true' }, parseRange(range));
  }
}

function isSubnetTaken(error: unknown): boolean {
  return /already used|overlaps with other one|conflicts with network/.test(messageOf(error));
}
