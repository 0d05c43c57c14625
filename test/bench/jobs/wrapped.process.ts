import 'reflect-metadata';
import { BullModule, Processor } from '@nestjs/bullmq';
import { NestFactory } from '@nestjs/core';
import { queues, SessionJob } from '../../../services/provisioner/dist/queues/job-keys.js';
import { KeyWorker, keyWorkerOptions } from '../../../services/provisioner/dist/queues/key.worker.js';
import { done } from '../../../services/provisioner/dist/queues/outcome.js';
import { WakeQueue } from '../../../services/provisioner/dist/queues/wake.queue.js';
import { serveCommands } from '../support/commands.ts';
import { concurrency } from './pace.ts';
import { QueueRun } from './run.ts';

const [redisUrl = ''] = process.argv.slice(2);

/** The provisioner's own worker, with nothing to reconcile. */
class BenchWorker extends KeyWorker<SessionJob> {
  constructor() {
    super(SessionJob, concurrency);
  }
  protected look({ sessionId }: SessionJob) {
    run.started(sessionId);
    return Promise.resolve(done);
  }
}
// Decorators by hand: Node.js runs this file as it is, and does not know their syntax.
Processor(queues.sessions, keyWorkerOptions)(BenchWorker);

class JobsModule {}
const connection = { url: redisUrl, maxRetriesPerRequest: null };
const app = await NestFactory.createApplicationContext(
  {
    module: JobsModule,
    imports: [
      BullModule.forRoot({ connection }),
      BullModule.registerQueue(...Object.values(queues).map((name) => ({ name }))),
    ],
    providers: [WakeQueue, BenchWorker],
  },
  { logger: ['warn', 'error', 'fatal'] },
);
const wake = app.get(WakeQueue);
const run = new QueueRun((sessionId) => wake.session(sessionId));
serveCommands(run.commands);
