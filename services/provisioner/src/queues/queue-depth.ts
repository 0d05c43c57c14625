import { Metrics } from '@lab-orchestrator/platform';
import { InjectQueue } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { queues } from './job-keys.js';

const everyMs = 5_000;
const states = ['wait', 'active', 'delayed'] as const;

/** How much work is queued, as measured values: what waits for a worker is what more processes would help with. */
@Injectable()
export class QueueDepth implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Queues');
  private readonly gauge;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    metrics: Metrics,
    @InjectQueue(queues.sessions) private readonly sessions: Queue,
    @InjectQueue(queues.restarts) private readonly restarts: Queue,
    @InjectQueue(queues.images) private readonly images: Queue,
  ) {
    this.gauge = metrics.gauge('lab_queue_jobs', 'Keys in the queues, of all processes together', ['queue', 'state']);
  }

  onApplicationBootstrap() {
    this.timer = setInterval(() => void this.measure(), everyMs).unref();
    void this.measure();
  }

  beforeApplicationShutdown() {
    clearInterval(this.timer);
  }

  /** A Redis that is away leaves the last values; its own check says that it is. */
  async measure() {
    try {
      for (const queue of [this.sessions, this.restarts, this.images]) {
        const counts = await queue.getJobCounts(...states);
        for (const state of states) this.gauge.set({ queue: queue.name, state }, counts[state] ?? 0);
      }
    } catch (error) {
      this.logger.debug({ err: error }, 'the queues could not be counted');
    }
  }
}
