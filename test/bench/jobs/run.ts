import { randomUUID } from 'node:crypto';
import { eachAtOnce } from '../support/each-at-once.ts';
import { type Pace, paced } from '../support/paced.ts';
import { until } from '../support/until.ts';
import { adders } from './pace.ts';

/** A queue with its worker in one process, as in the provisioner: how to add a key, and when each was started. */
export class QueueRun {
  private readonly add: (sessionId: string) => Promise<unknown>;
  private readonly addedAt = new Map<string, number>();
  private tookMs: number[] = [];

  constructor(add: (sessionId: string) => Promise<unknown>) {
    this.add = add;
  }

  /** The worker calls this when it starts a job. */
  readonly started = (sessionId: string) => {
    const at = this.addedAt.get(sessionId);
    if (at === undefined) return;
    this.addedAt.delete(sessionId);
    this.tookMs.push(performance.now() - at);
  };

  readonly commands = {
    /** @returns jobs a second, from the first that is added to the last that is started */
    rate: async (count: number) => {
      this.tookMs = [];
      const startedAt = performance.now();
      await eachAtOnce(adders, count, this.enqueue);
      await until(() => this.tookMs.length >= count);
      return count / ((performance.now() - startedAt) / 1000);
    },
    /** @returns how long each took from being added to being started, in ms */
    startTimes: async (pace: Pace) => {
      this.tookMs = [];
      const adds: Promise<unknown>[] = [];
      const { made } = await paced(pace, () => adds.push(this.enqueue()));
      await Promise.all(adds);
      await until(() => this.tookMs.length >= made);
      return this.tookMs;
    },
  };

  private readonly enqueue = () => {
    const sessionId = randomUUID();
    this.addedAt.set(sessionId, performance.now());
    return this.add(sessionId);
  };
}
export type JobCommands = QueueRun['commands'];
