import { CONFIG, isTransient, Metrics } from '@lab-orchestrator/platform';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { AdmissionService } from '../../admission/admission.service.js';
import type { LabConfig } from '../../config.js';
import { SessionTimers } from './session-timers.js';

/** Looks at the clock every few seconds, one round after the other. */
@Injectable()
export class TimerLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Timers');
  private readonly stopping = new AbortController();
  private readonly failures;
  private running: Promise<void> | undefined;

  constructor(
    private readonly timers: SessionTimers,
    private readonly admission: AdmissionService,
    metrics: Metrics,
    @Inject(CONFIG) private readonly config: LabConfig,
  ) {
    this.failures = metrics.counter('lab_timer_failures_total', 'Rounds of the timers that failed.', []);
  }

  onApplicationBootstrap() {
    this.running = this.loop(this.stopping.signal);
  }

  async beforeApplicationShutdown() {
    this.stopping.abort();
    await this.running;
  }

  private async loop(signal: AbortSignal) {
    while (!signal.aborted) {
      await sleep(this.config.LAB_TIMER_INTERVAL_S * 1000, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.round();
    }
  }

  /** What fails now is due in the next round as well. */
  private async round() {
    try {
      await this.timers.run();
      await this.admission.admitWaiting();
    } catch (error) {
      this.failures.inc();
      if (isTransient(error)) this.logger.warn({ err: error }, 'the timers wait for the database');
      else this.logger.error({ err: error }, 'a round of the timers failed');
    }
  }
}
