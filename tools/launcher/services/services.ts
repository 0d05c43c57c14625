import { join } from 'node:path';
import { freePort } from '@lab-orchestrator/dev';
import type { DataFolder } from '../data/data-folder.ts';
import { environmentOf, NAME_WIDTH, nodeOptionsOf, type ServiceName, type Surroundings } from './service-list.ts';
import { SupervisedService } from './supervised-service.ts';

/** Settings that are ours to give; what the caller's shell has under these names must not reach a service it is not for. */
const NOT_INHERITED = new Set([
  'LAB_DATABASE_URL',
  'LAB_REDIS_URL',
  'LAB_ENGINE_URL',
  'LAB_AUTH_SECRET',
  'LAB_SESSION_SECRET',
]);

/** Starts one service under supervision. It is not ready yet. */
export async function startService(
  name: ServiceName,
  around: Surroundings,
  data: DataFolder,
  checkout: string,
): Promise<SupervisedService> {
  const healthPort = await freePort();
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([key]) => !NOT_INHERITED.has(key)));
  return new SupervisedService({
    name,
    folder: join(checkout, 'services', name),
    healthPort,
    nodeOptions: nodeOptionsOf(name),
    env: {
      ...inherited,
      ...environmentOf(name, around),
      LAB_HEALTH_PORT: String(healthPort),
      // Compiling thousands of modules anew is most of the time that a start takes.
      NODE_COMPILE_CACHE: join(checkout, '.cache/compiled'),
    },
    logFile: data.log(name),
    nameWidth: NAME_WIDTH,
  });
}
