import { currentCorrelationId, currentTraceparent } from '@lab-orchestrator/platform';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { JobsOptions, Queue } from 'bullmq';
import { type ImageJob, queues, type RestartJob, type SessionJob } from './job-keys.js';

const lasting = {
  attempts: 1_000_000,
  backoff: { type: 'capped' },
  removeOnComplete: true,
  removeOnFail: true,
} as const;

/** Says that a key is worth a look. Many hints make one job; a hint during a run makes one more. One call each. */
@Injectable()
export class WakeQueue {
  constructor(
    @InjectQueue(queues.sessions) private readonly sessions: Queue<SessionJob>,
    @InjectQueue(queues.restarts) private readonly restarts: Queue<RestartJob>,
    @InjectQueue(queues.images) private readonly images: Queue<ImageJob>,
  ) {}

  async session(sessionId: string) {
    await this.sessions.add('reconcile', { sessionId, ...cause() }, keyed(sessionId));
  }

  async image(imageId: string) {
    await this.images.add('import', { imageId, ...cause() }, keyed(imageId));
  }

  async restart(sessionId: string, system: string) {
    const id = `${sessionId}/${system}`;
    await this.restarts.add('restart', { sessionId, system, ...cause() }, keyed(id));
  }
}

const cause = () => ({ correlationId: currentCorrelationId(), traceparent: currentTraceparent() });

/** `reschedule`, without a delay: a key that waits for its next look is looked at now. */
const keyed = (id: string): JobsOptions => ({
  ...lasting,
  deduplication: { id, keepLastIfActive: true, reschedule: true },
});
