import { queues, SessionJob } from '../queues/job-keys.js';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';

/** A session whose job keeps failing for this long is worth an operator's look. */
const stuckAfterMs = 5 * 60_000;

/** Sessions that do not move, from the queue itself: how long the key has been worked on, and what stopped it last. */
@Injectable()
export class StuckSessions {
  constructor(@InjectQueue(queues.sessions) private readonly sessions: Queue<SessionJob>) {}

  async list(now = Date.now()) {
    const jobs = await this.sessions.getJobs(['delayed', 'waiting', 'active'], 0, 999);
    const old = jobs.filter((job) => now - job.timestamp > stuckAfterMs);
    const items = old.map((job) => ({
      sessionId: job.data.sessionId,
      since: new Date(job.timestamp).toISOString(),
      what: `looked at ${job.attemptsStarted} times`,
      cause: job.failedReason ?? 'It waits for something that does not come: see the session log.',
      advice: 'Look at the systems of the session; end it when nobody needs it.',
    }));
    return { items };
  }
}
