import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';

/** Counters and first answers. While it is away commands fail at once: no call waits for it. */
@Injectable()
export class RedisConnection implements OnApplicationShutdown {
  readonly redis: Redis | undefined;

  constructor(url: string | undefined) {
    if (!url) return;
    const logger = new Logger('Redis');
    this.redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, connectionName: 'gateway' });
    this.redis.on('error', (error) => logger.warn(`away: ${error.message}`));
  }

  onApplicationShutdown() {
    this.redis?.disconnect();
  }
}
