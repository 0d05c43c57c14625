import { type Consoles, openConsoles } from '@lab-orchestrator/lab-runtime';
import { CONFIG, Health, RequestClient, redisCheck } from '@lab-orchestrator/platform';
import {
  type BeforeApplicationShutdown,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnModuleInit,
  type Provider,
} from '@nestjs/common';
import { Redis } from 'ioredis';
import { CommandRunner } from './checks/command-runner.js';
import { CommandsController } from './checks/commands.controller.js';
import type { ConsoleConfig } from './config.js';
import { DataPlane } from './data-plane.js';
import { RevocationFeed } from './revocation/revocation.feed.js';
import { Revocation } from './revocation/revocation.js';
import { ViewerCheck } from './revocation/viewer-check.js';
import { TicketsController } from './tickets/tickets.controller.js';
import { TicketsService } from './tickets/tickets.service.js';

const LAB_RUNTIME = Symbol('lab runtime');
const REDIS = Symbol('redis');

const providers: Provider[] = [
  { provide: REDIS, inject: [CONFIG], useFactory: (config: ConsoleConfig) => new Redis(config.LAB_REDIS_URL) },
  {
    provide: LAB_RUNTIME,
    inject: [CONFIG],
    useFactory: (config: ConsoleConfig): Promise<Consoles> => openConsoles(config),
  },
  {
    provide: DataPlane,
    inject: [CONFIG, LAB_RUNTIME, REDIS, RequestClient],
    useFactory: (config: ConsoleConfig, runtime: Consoles, redis: Redis, requests: RequestClient) =>
      new DataPlane(config, runtime, redis, requests),
  },
  { provide: TicketsService, inject: [DataPlane], useFactory: (plane: DataPlane) => plane.tickets },
  { provide: CommandRunner, inject: [DataPlane], useFactory: (plane: DataPlane) => plane.commands },
  { provide: Revocation, inject: [DataPlane], useFactory: (plane: DataPlane) => plane.revocation },
  { provide: ViewerCheck, inject: [DataPlane], useFactory: (plane: DataPlane) => plane.check },
  RevocationFeed,
];

@Module({ controllers: [TicketsController, CommandsController], providers })
export class ConsoleModule implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly plane: DataPlane,
    private readonly health: Health,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  onModuleInit() {
    this.health.register('redis', redisCheck(this.redis));
  }

  async onApplicationBootstrap() {
    await this.plane.listen();
  }

  async beforeApplicationShutdown() {
    await this.plane.close();
    this.redis.disconnect();
  }
}
