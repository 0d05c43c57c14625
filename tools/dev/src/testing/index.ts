import { startNats } from '../nats/nats.js';
import type { PrivateService } from '../private-service.js';
import { startRedis } from '../redis/redis.js';

export { type TestDatabase, testDatabase } from './test-database.js';

/** A private NATS for one spec, whose faults nobody else notices. Stop it in `afterAll`. */
export function testNats(): Promise<PrivateService> {
  return startNats();
}

/** A private Redis for one spec, whose faults nobody else notices. Stop it in `afterAll`. */
export function testRedis(): Promise<PrivateService> {
  return startRedis();
}
