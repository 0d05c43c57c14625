import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { KeyRing } from './key-ring.js';

/** Often enough that a key created by another process is known long before it signs. */
const everyMs = 60_000;

/** Keeps the key ring current for as long as the process runs. */
@Injectable()
export class KeyRotationSchedule implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('KeyRing');
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly ring: KeyRing) {}

  async onModuleInit() {
    await this.ring.refresh();
    this.timer = setInterval(() => void this.tick(), everyMs);
  }

  onApplicationShutdown() {
    clearInterval(this.timer);
  }

  private async tick() {
    await this.ring.refresh().catch((error: unknown) => this.logger.warn({ err: error }, 'keys could not be read'));
  }
}
