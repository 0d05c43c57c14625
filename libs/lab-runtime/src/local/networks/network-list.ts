import type Docker from 'dockerode';
import { z } from 'zod';
import { dial } from '../engine/engine-client.js';
import { translated } from '../engine/engine-errors.js';

/** A network as the engine lists it, whoever made it. */
export type ListedNetwork = {
  labels: Record<string, string>;
  /** IPv4 ranges, such as `10.201.0.0/26`. */
  ranges: string[];
};

const PodmanNetworks = z.array(
  z.object({
    labels: z.record(z.string(), z.string()).nullish(),
    subnets: z.array(z.object({ subnet: z.string() })).nullish(),
  }),
);

/**
 * All networks of a Podman, from its own API: for Docker's it looks at every container of every network, which
 * takes 7 ms for each session that is there.
 */
export async function podmanNetworks(libpod: Docker): Promise<ListedNetwork[]> {
  const statusCodes = { 200: true, 500: 'server error' } as const;
  const call = () => dial(libpod, { path: '/libpod/networks/json', method: 'GET', statusCodes });
  return PodmanNetworks.parse(await translated('Listing networks', call)).map(({ labels, subnets }) => ({
    labels: labels ?? {},
    ranges: ipv4((subnets ?? []).map(({ subnet }) => subnet)),
  }));
}

/** All networks of an engine that speaks Docker's API. */
export async function dockerNetworks(engine: Docker): Promise<ListedNetwork[]> {
  const networks = await translated('Listing networks', () => engine.listNetworks());
  return networks.map(({ Labels: labels, IPAM: ipam }) => ({
    labels: labels ?? {},
    ranges: ipv4((ipam?.Config ?? []).map(({ Subnet: subnet }) => subnet ?? '')),
  }));
}

const ipv4 = (ranges: string[]) => ranges.filter((range) => /^\d+\./.test(range));
