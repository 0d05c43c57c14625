import { CONFIG } from '@lab-orchestrator/platform';
import { Processor } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { ProvisionerConfig } from '../config.js';
import { queues, RestartJob } from '../queues/job-keys.js';
import { KeyWorker, keyWorkerOptions } from '../queues/key.worker.js';
import { done } from '../queues/outcome.js';
import { WakeQueue } from '../queues/wake.queue.js';
import { LAB_RUNTIME, type LabRuntime } from '../runtime.provider.js';

/** Restarts single systems, as people ask for it. */
@Processor(queues.restarts, keyWorkerOptions)
export class RestartWorker extends KeyWorker<RestartJob> {
  constructor(
    @Inject(CONFIG) config: ProvisionerConfig,
    @Inject(LAB_RUNTIME) private readonly runtime: LabRuntime,
    private readonly wake: WakeQueue,
  ) {
    super(RestartJob, config.LAB_SESSION_CONCURRENCY);
  }

  protected async look({ sessionId, system, correlationId }: RestartJob) {
    await this.runtime.restart({ sessionId, system }, { correlationId });
    await this.wake.session(sessionId);
    return done;
  }
}
