import { GetDesiredSession } from '@lab-orchestrator/contracts';
import { CONFIG, RequestClient, UserError } from '@lab-orchestrator/platform';
import { Processor } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { ProvisionerConfig } from '../config.js';
import { queues, SessionJob } from '../queues/job-keys.js';
import { KeyWorker, keyWorkerOptions } from '../queues/key.worker.js';
import { SessionReconciler } from './session.reconciler.js';

/** Takes session keys from the queue and reconciles each with what is wanted now. */
@Processor(queues.sessions, keyWorkerOptions)
export class SessionWorker extends KeyWorker<SessionJob> {
  constructor(
    @Inject(CONFIG) config: ProvisionerConfig,
    private readonly requests: RequestClient,
    private readonly reconciler: SessionReconciler,
  ) {
    super(SessionJob, config.LAB_SESSION_CONCURRENCY);
  }

  protected async look({ sessionId }: SessionJob) {
    const session = await this.requests.call(GetDesiredSession, { sessionId }).catch((error: unknown) => {
      if (error instanceof UserError && error.status === 404) return undefined;
      throw error;
    });
    return session === undefined ? this.reconciler.removeLeftovers(sessionId) : this.reconciler.reconcile(session);
  }
}
