import { join } from 'node:path';
import { startRedis } from '@lab-orchestrator/dev';
import type { JobCommands } from './jobs/run.ts';
import type { Bench } from './support/bench.ts';
import { Child } from './support/child.ts';
import { combined, rowNamed } from './support/derived.ts';
import { measure } from './support/measure.ts';
import { quantile } from './support/statistics.ts';

const perSecond = 50;
const names = { plain: 'bare BullMQ', keyed: 'bare BullMQ, one job per key', wrapped: "the provisioner's queue" };

export const bench: Bench = {
  title: 'P10: jobs through the provisioner’s queue, against bare BullMQ',
  async run(say, { quick }) {
    const redis = await startRedis();
    const start = (script: string, ...values: string[]) =>
      Child.start<JobCommands>(join(import.meta.dirname, `jobs/${script}.process.ts`), {
        where: 'measured',
        values: [redis.url, ...values],
      });
    const [plain, keyed, wrapped] = [
      await start('bare', 'plain'),
      await start('bare', 'keyed'),
      await start('wrapped'),
    ];
    const contenders = { plain, keyed, wrapped };
    const keys = ['plain', 'keyed', 'wrapped'] as const;
    try {
      const count = quick ? 500 : 5_000;
      say(`${count} jobs at once`);
      const rates = await measure(
        keys.map((key) => ({
          name: names[key],
          bar: key === 'wrapped' ? '≥ 0.9 ×' : undefined,
          measure: () => contenders[key].call('rate', count),
        })),
        { unit: 'jobs/s' },
      );
      const share = { name: 'the same ÷ one job per key', unit: '×', bar: '≥ 0.9' };
      const pair = [rowNamed(rates, names.wrapped), rowNamed(rates, names.keyed)] as const;
      say(`${perSecond} jobs a second`);
      const pace = { perSecond, seconds: quick ? 2 : 10 };
      const times = await measure(
        keys.map((key) => ({
          name: `${names[key]}, added to started`,
          bar: key === 'wrapped' ? '≤ 5 ms' : undefined,
          measure: async () => quantile(await contenders[key].call('startTimes', pace), 0.99),
        })),
        { unit: 'ms p99' },
      );
      return [...rates, combined(share, pair, (ours, theirs) => ours / theirs), ...times];
    } finally {
      await Promise.all([plain.end(), keyed.end(), wrapped.end()]);
      await redis.stop();
    }
  },
};
