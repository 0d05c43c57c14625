import { setTimeout as sleep } from 'node:timers/promises';
import { StepCompleted, TickStepRequest } from '@lab-orchestrator/contracts';
import { EventFeed, RequestClient, TransientError } from '@lab-orchestrator/platform';
import type { Bench, Row } from './support/bench.ts';
import { type InstructionPlatform, type Learner, startInstructions, stepId } from './support/instructions.ts';
import { quantile, statisticsOf } from './support/statistics.ts';

const full = { learners: 500, seconds: 60 };
const quick = { learners: 80, seconds: 30 };
/** Seconds of ticks before anything is measured: a cold process compiles itself meanwhile. */
const warmUp = 5;

/** Open loop: a tick is due at its time, whether the last one was answered or not, and is measured from when it was due. */
export const bench: Bench = {
  title: `${full.learners} learners tick one step a second for ${full.seconds} s: how long a tick takes, each told once`,
  async run(say, how) {
    const { learners, seconds } = how.quick ? quick : full;
    await using platform = await startInstructions({ steps: warmUp + seconds, learners });
    const told = new Told(platform);
    const requests = new RequestClient(platform.connection);
    say('everybody opens the first page');
    for (const learner of platform.people) await platform.open(requests, learner);
    await ticks(platform.people, requests, 0, warmUp);

    say(`${learners} learners, ${seconds} s`);
    const cpuBefore = platform.cpuSeconds();
    const measured = await ticks(platform.people, requests, warmUp, seconds);
    const cpuSeconds = platform.cpuSeconds() - cpuBefore;
    const latencies = measured.map(({ ms }) => ms);
    const { missing, twice } = await told.result(learners * (warmUp + seconds));
    const share = 'of all ticks';
    return [
      row(`tick, 50th percentile ${share}`, 'ms', quantile(latencies, 0.5)),
      row(`tick, 99th percentile ${share}`, 'ms', quantile(latencies, 0.99), '≤ 100 ms'),
      row('tick, slowest', 'ms', Math.max(...latencies)),
      row('refused for now, and repeated', 'ticks', measured.filter(({ tries }) => tries > 1).length, '0'),
      row('processor time of the service', 'ms a tick', (cpuSeconds * 1000) / latencies.length),
      row('not told', 'ticks', missing, '0'),
      row('told more than once', 'ticks', twice, '0'),
    ];
  },
};

/** Everybody ticks one step a second, each at their own moment of it. */
function ticks(people: readonly Learner[], requests: RequestClient, first: number, seconds: number) {
  const startAt = performance.now() + 500;
  return Promise.all(
    people.flatMap((learner, n) =>
      Array.from({ length: seconds }, (_, second) =>
        tick(learner, requests, first + second, startAt + second * 1000 + (n * 1000) / people.length),
      ),
    ),
  );
}

/** As the web app does: a service that is busy is asked again. */
async function tick({ sessionId, principal }: Learner, requests: RequestClient, step: number, dueAt: number) {
  await sleep(dueAt - performance.now());
  const request = { sessionId, stepId: stepId(step), done: true };
  for (let tries = 1; ; tries += 1) {
    try {
      await requests.call(TickStepRequest, request, { principal, deadlineMs: 30_000 });
      return { ms: performance.now() - dueAt, tries };
    } catch (error) {
      if (!(error instanceof TransientError) || tries > 20) throw error;
      await sleep(error.retryAfterS * 1000);
    }
  }
}

/** How often each step of each learner was told to be complete. Repeats of one id are the broker's, and count once. */
class Told {
  private readonly times = new Map<string, number>();
  private readonly seen = new Set<string>();
  private readonly stopped = new AbortController();

  constructor({ connection }: InstructionPlatform) {
    void this.follow(new EventFeed(connection));
  }

  async result(expected: number) {
    for (const until = Date.now() + 60_000; this.times.size < expected && Date.now() < until;) await sleep(100);
    await sleep(500);
    this.stopped.abort();
    return {
      missing: expected - this.times.size,
      twice: [...this.times.values()].filter((times) => times > 1).length,
    };
  }

  private async follow(feed: EventFeed) {
    for await (const item of feed.open({ signal: this.stopped.signal })) {
      if (item.kind !== 'event' || item.event.type !== StepCompleted.type || this.seen.has(item.event.id)) continue;
      this.seen.add(item.event.id);
      const { sessionId, userId, stepId: step } = StepCompleted.data.parse(item.event.data);
      const key = `${sessionId}/${userId}/${step}`;
      this.times.set(key, (this.times.get(key) ?? 0) + 1);
    }
  }
}

const row = (name: string, unit: string, value: number, bar?: string): Row => ({
  name,
  unit,
  ...(bar !== undefined && { bar }),
  values: [value],
  ...statisticsOf([value]),
});
