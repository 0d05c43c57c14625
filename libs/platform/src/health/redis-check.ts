import type { HealthCheck } from './health.js';

/** As much of a Redis client as the check needs. */
export interface RedisInfo {
  info(section: string): Promise<string>;
}

/** Redis answers and never evicts: a queue whose keys vanish under memory pressure loses jobs in silence. */
export function redisCheck(redis: RedisInfo): HealthCheck {
  return async () => {
    const policy = /maxmemory_policy:(\S+)/.exec(await redis.info('memory'))?.[1];
    if (policy !== 'noeviction') throw new Error(`maxmemory-policy is ${policy ?? 'unknown'}, it must be noeviction`);
  };
}
