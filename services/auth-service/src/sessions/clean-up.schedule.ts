import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { RefreshTokensService } from './refresh-tokens.service.js';

const everyMs = 3_600_000;

/** Sessions that have ended by time are removed now and then. */
@Injectable()
export class CleanUpSchedule implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('CleanUp');
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly refreshTokens: RefreshTokensService) {}

  onModuleInit() {
    this.timer = setInterval(() => void this.tick(), everyMs);
  }

  onApplicationShutdown() {
    clearInterval(this.timer);
  }

  private async tick() {
    await this.refreshTokens.cleanUp().catch((error: unknown) => this.logger.warn({ err: error }, 'clean-up failed'));
  }
}
