import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Docker from 'dockerode';
import { INSTANCE_VARIABLE, leftOnCluster } from './cluster-remains.ts';
import { productData } from './product.ts';

/** Everything of a session that the product's engine or data folder, or its cluster, still holds. */
export async function leftIn(sessionId: string): Promise<string[]> {
  const instance = process.env[INSTANCE_VARIABLE];
  return instance === undefined ? leftOnEngine(sessionId) : leftOnCluster(instance, sessionId);
}

async function leftOnEngine(sessionId: string): Promise<string[]> {
  const engine = new Docker({ socketPath: join(productData(), 'runtime/engine/podman.sock') });
  const filters = { label: [`lab-orchestrator.session=${sessionId}`] };
  const [containers, networks, { Volumes: volumes }, folders] = await Promise.all([
    engine.listContainers({ all: true, filters }),
    engine.listNetworks({ filters }),
    engine.listVolumes({ filters: JSON.stringify(filters) }),
    readdir(join(productData(), 'runtime/sessions'), { recursive: true }).catch(() => []),
  ]);
  return [
    ...containers.map(({ Names }) => `container ${Names.join()}`),
    ...networks.map(({ Name }) => `network ${Name}`),
    ...(volumes ?? []).map(({ Name }) => `volume ${Name}`),
    ...folders.filter((name) => name.includes(sessionId)).map((name) => `file ${name}`),
  ];
}
