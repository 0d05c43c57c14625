import { inContext, traced } from '@lab-orchestrator/platform';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { WorkerHost } from '@nestjs/bullmq';
import { DelayedError, type Job } from 'bullmq';
import type { z } from 'zod';
import { runAsJob } from './current-job.js';
import type { Outcome } from './outcome.js';

const longestPauseMs = 30_000;

/**
 * Jobs never give up: what is wanted stands in Postgres, and only its owner may stop wanting it. A learner waits while
 * the job of a worker that died is found: after at most `lockDuration` + `stalledInterval` (ms) another one has it,
 * however often that happens. A worker that only slept meanwhile can do no harm: runtimes refuse old generations.
 */
export const keyWorkerOptions = {
  autorun: false,
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000_000,
  settings: {
    backoffStrategy: (attemptsMade: number) => Math.min(longestPauseMs, 250 * 2 ** Math.min(attemptsMade, 10)),
  },
} as const;

/** Works on keys: one look per job, then done or looked at again later. The worker itself never sleeps. */
export abstract class KeyWorker<Key extends { correlationId: string; traceparent?: string | undefined }>
  extends WorkerHost
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  protected constructor(
    private readonly schema: z.ZodType<Key>,
    private readonly concurrency: number,
  ) {
    super();
  }

  /** Starts to take jobs once everything else of the process is there. */
  onApplicationBootstrap() {
    this.worker.concurrency = this.concurrency;
    this.worker.on('error', () => undefined); // Redis away: the connection logs it and comes back by itself.
    void this.worker.run();
  }

  /** Takes no new job and finishes those that run. */
  async beforeApplicationShutdown() {
    await this.worker.close();
  }

  override async process(job: Job, token?: string) {
    const key = this.schema.parse(job.data);
    const step = { name: `job ${job.queueName}`, kind: 'consumer', parent: key.traceparent } as const;
    const outcome = await inContext({ correlationId: key.correlationId }, () =>
      traced(step, () => runAsJob(job.id ?? '', () => this.look(key))),
    );
    if ('done' in outcome) return;
    if (outcome.held) await job.updateProgress(outcome.held);
    await job.moveToDelayed(Date.now() + outcome.retryInMs, token);
    throw new DelayedError();
  }

  protected abstract look(key: Key): Promise<Outcome>;
}
