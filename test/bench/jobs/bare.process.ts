import { Queue, Worker } from 'bullmq';
import { serveCommands } from '../support/commands.ts';
import { concurrency } from './pace.ts';
import { QueueRun } from './run.ts';

const [redisUrl = '', how = ''] = process.argv.slice(2);
const connection = { url: redisUrl, maxRetriesPerRequest: null };
const name = `bench-bare-${how}`;
const queue = new Queue(name, { connection });
const kept = { removeOnComplete: true, removeOnFail: true };

/** keyed: many hints of one key make one job, without which a wake-up during a run is lost; plain: just jobs. */
const run = new QueueRun((sessionId) =>
  queue.add(
    'reconcile',
    { sessionId },
    how === 'keyed' ? { ...kept, deduplication: { id: sessionId, keepLastIfActive: true } } : kept,
  ),
);
const worker = new Worker<{ sessionId: string }>(name, async (job) => run.started(job.data.sessionId), {
  connection,
  concurrency,
});
await worker.waitUntilReady();
serveCommands(run.commands);
