import { once } from 'node:events';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';

const firstConnectionMs = 2_000;

/** Redis for counters and first answers. While it is away, commands fail at once: no call waits for it. */
@Injectable()
export class RedisConnection implements OnModuleInit, OnApplicationShutdown {
  /** Undefined when no URL is configured. */
  readonly redis: Redis | undefined;

  /** @param connectionName how the connection is called in Redis' own list of clients */
  constructor(url: string | undefined, connectionName: string) {
    if (!url) return;
    const logger = new Logger('Redis');
    this.redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, connectionName });
    this.redis.on('error', (error) => logger.warn(`away: ${error.message}`));
  }

  /** Counting begins in one place; a Redis that is away does not hold up the start for long. */
  async onModuleInit() {
    if (!this.redis || this.redis.status === 'ready') return;
    await once(this.redis, 'ready', { signal: AbortSignal.timeout(firstConnectionMs) }).catch(() => undefined);
  }

  onApplicationShutdown() {
    this.redis?.disconnect();
  }
}
