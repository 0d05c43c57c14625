import { Agent, request } from 'node:http';
import { serveCommands } from '../support/commands.ts';
import { eachAtOnce } from '../support/each-at-once.ts';
import { type Pace, paced } from '../support/paced.ts';

export interface Target {
  url: string;
  headers: Record<string, string>;
}

const agent = new Agent({ keepAlive: true, maxSockets: 2_048 });
const longestMs = 30_000;

/** Status 0: no answer at all. */
interface Outcome {
  status: number;
  tookMs: number;
}

function call({ url, headers }: Target): Promise<Outcome> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const settle = (status: number) => resolve({ status, tookMs: performance.now() - startedAt });
    const outgoing = request(url, { agent, headers, timeout: longestMs }, (answer) => {
      answer.resume();
      answer.once('end', () => settle(answer.statusCode ?? 0));
      answer.once('error', () => settle(0));
    });
    outgoing.once('timeout', () => outgoing.destroy());
    outgoing.once('error', () => settle(0));
    outgoing.end();
  });
}

const commands = {
  /** Asks so often, so many at once, and answers with requests a second. Every answer must be a good one. */
  async ask(target: Target, atOnce: number, count: number) {
    const startedAt = performance.now();
    await eachAtOnce(atOnce, count, async () => {
      const { status } = await call(target);
      if (status !== 200) throw new Error(`${target.url} answered with ${status}`);
    });
    return count / ((performance.now() - startedAt) / 1000);
  },
  /** Asks in an open loop. */
  async askPaced(target: Target, pace: Pace): Promise<Outcome[]> {
    const calls: Promise<Outcome>[] = [];
    await paced(pace, () => calls.push(call(target)));
    return Promise.all(calls);
  },
};
export type CallersCommands = typeof commands;
serveCommands(commands);
