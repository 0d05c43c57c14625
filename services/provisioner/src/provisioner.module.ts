import { CONFIG, EventPublisher, Health, Metrics, redisCheck } from '@lab-orchestrator/platform';
import { BullModule } from '@nestjs/bullmq';
import { Inject, Module, type OnModuleInit, type Provider } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RuntimeController } from './capacity/runtime.controller.js';
import { StuckSessions } from './capacity/stuck-sessions.js';
import type { ProvisionerConfig } from './config.js';
import { ImageEventsController } from './images/image-events.controller.js';
import { ImageWishes } from './images/image-wishes.js';
import { ImageWorker } from './images/image.worker.js';
import { currentJobId } from './queues/current-job.js';
import { queues } from './queues/job-keys.js';
import { QueueDepth } from './queues/queue-depth.js';
import { WakeQueue } from './queues/wake.queue.js';
import { LAB_RUNTIME, type LabRuntime, runtimeProvider } from './runtime.provider.js';
import { ForcedRemovals } from './sessions/forced-removals.js';
import { reconcileIntervals } from './sessions/reconcile-intervals.js';
import { RestartWorker } from './sessions/restart.worker.js';
import { Retries } from './sessions/retries.js';
import { SessionEventsController } from './sessions/session-events.controller.js';
import { SessionReconciler } from './sessions/session.reconciler.js';
import { SessionReporter } from './sessions/session.reporter.js';
import { SessionWorker } from './sessions/session.worker.js';
import { Sweeper } from './sweep/sweeper.js';

const REDIS = Symbol('redis');

const redisProvider: Provider = {
  provide: REDIS,
  inject: [CONFIG],
  useFactory: (config: ProvisionerConfig) => new Redis(config.LAB_REDIS_URL, { maxRetriesPerRequest: null }),
};

const reconcilerProvider: Provider = {
  provide: SessionReconciler,
  inject: [LAB_RUNTIME, EventPublisher, REDIS, Metrics],
  useFactory: (runtime: LabRuntime, events: EventPublisher, redis: Redis, metrics: Metrics) =>
    new SessionReconciler(
      runtime,
      new SessionReporter(events, currentJobId),
      new Retries(redis),
      reconcileIntervals,
      metrics.counter('lab_stale_writes_total', 'Starts that a later wish overtook; nothing that they wrote lasts', []),
      metrics.counter('lab_held_removals_total', 'Looks at a removal that something holds for over five minutes', []),
    ),
};

@Module({
  imports: [
    BullModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: ProvisionerConfig) => ({
        connection: { url: config.LAB_REDIS_URL, maxRetriesPerRequest: null },
      }),
    }),
    BullModule.registerQueue(...Object.values(queues).map((name) => ({ name }))),
  ],
  controllers: [SessionEventsController, ImageEventsController, RuntimeController],
  providers: [
    redisProvider,
    runtimeProvider,
    reconcilerProvider,
    WakeQueue,
    QueueDepth,
    SessionWorker,
    RestartWorker,
    ImageWorker,
    ImageWishes,
    StuckSessions,
    ForcedRemovals,
    Sweeper,
  ],
})
export class ProvisionerModule implements OnModuleInit {
  constructor(
    private readonly health: Health,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  onModuleInit() {
    this.health.register('redis', redisCheck(this.redis));
  }

  onApplicationShutdown() {
    this.redis.disconnect();
  }
}
