import { startNats } from '../nats/nats.js';
import type { PrivateService } from '../private-service.js';
import { startRedis } from '../redis/redis.js';

/** The worker that runs this spec. Files that run at the same time have different ones, and so can have things of their own. */
export const specWorker = process.env['VITEST_POOL_ID'] ?? '1';

export { type TestDatabase, testDatabase } from './test-database.js';

/** A private NATS for one spec, whose faults nobody else notices. Stop it in `afterAll`. */
export function testNats(): Promise<PrivateService> {
  return startNats();
}

/** A private Redis for one spec, whose faults nobody else notices. Stop it in `afterAll`. */
export function testRedis(): Promise<PrivateService> {
  return startRedis();
}
