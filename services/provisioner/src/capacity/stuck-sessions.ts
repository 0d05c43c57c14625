import { queues, SessionJob } from '../queues/job-keys.js';
import { HeldRemoval } from '../queues/outcome.js';
import { LAB_RUNTIME, type LabRuntime } from '../runtime.provider.js';
import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';

/** A session whose job keeps failing for this long is worth an operator's look. */
const stuckAfterMs = 5 * 60_000;

/** Sessions that do not move, from the queue itself: how long the key has been worked on, and what stopped it last. */
@Injectable()
export class StuckSessions {
  constructor(
    @InjectQueue(queues.sessions) private readonly sessions: Queue<SessionJob>,
    @Inject(LAB_RUNTIME) private readonly runtime: LabRuntime,
  ) {}

  async list(now = Date.now()) {
    const jobs = await this.sessions.getJobs(['delayed', 'waiting', 'active'], 0, 999);
    const items = jobs.flatMap((job) => this.heldRemoval(job) ?? (now - job.timestamp > stuckAfterMs ? slow(job) : []));
    return { items };
  }

  private heldRemoval({ data: { sessionId }, progress }: Job<SessionJob>) {
    const held = HeldRemoval.safeParse(progress).data;
    if (!held) return undefined;
    const canForce = this.runtime.forceRemove !== undefined;
    const { since, holders } = held;
    const see = 'See to what each of these waits for; the removal then goes on by itself.';
    const force = ' When that will never come, force the removal: what a finalizer guarded may stay behind.';
    const advice = canForce ? see + force : see;
    return { sessionId, since, what: 'Its removal is held.', cause: holders.join('; '), advice, canForce };
  }
}

const slow = (job: Job<SessionJob>) => ({
  sessionId: job.data.sessionId,
  since: new Date(job.timestamp).toISOString(),
  what: `looked at ${job.attemptsStarted} times`,
  cause: job.failedReason ?? 'It waits for something that does not come: see the session log.',
  advice: 'Look at the systems of the session; end it when nobody needs it.',
});
