import { once } from 'node:events';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';

const firstConnectionMs = 2_000;

/** Failed sign-ins are only counted there: while it is away, commands fail at once instead of waiting. */
@Injectable()
export class RedisConnection implements OnModuleInit, OnApplicationShutdown {
  readonly redis: Redis | undefined;

  constructor(url: string | undefined) {
    if (!url) return;
    const logger = new Logger('Redis');
    this.redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, connectionName: 'auth-service' });
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
