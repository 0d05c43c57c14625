import { extname } from 'node:path';
import { Logger } from '@nestjs/common';
import { Piscina } from 'piscina';
import type { ThreadsConfig } from '../config/base-config.js';
import { TransientError } from '../errors/transient-error.js';
import { Limiter } from '../messaging/limiter.js';

/** Why a task was ended together with its thread. */
export class WorkEnded extends Error {
  override readonly name = 'WorkEnded';

  constructor(readonly limit: 'time' | 'memory') {
    super(`the work took too much ${limit}`);
  }
}

/** A module, and the function in it that takes a task and answers with its result. */
export interface Work {
  file: URL;
  name: string;
}

/** A module beside another one: of the sources where those run, as in specs, of what was built of them everywhere else. */
export const workerFile = (name: string, beside: string) => new URL(`${name}${extname(beside)}`, beside);

/** A thread that nobody needs gives its memory back. */
const idleMs = 60_000;
/** On a busy machine a thread takes seconds to read its modules. */
const startMs = 60_000;

/**
 * Work of strangers' content, away from the event loop: one function, in a bounded number of threads with a bounded heap.
 * Tasks and results are copied. A thread is started when it is needed; that is not part of the time of its first task.
 */
export class WorkerPool<Task, Result> {
  private readonly logger = new Logger('Threads');
  private readonly pool: Piscina<Task, Result>;
  private readonly turns: Limiter;
  private readonly running = new Set<AbortController>();
  private isClosed = false;

  constructor(
    { file, name }: Work,
    private readonly config: ThreadsConfig,
  ) {
    const maxThreads = config.LAB_THREADS;
    this.turns = new Limiter(maxThreads, config.LAB_THREADS_WAITING);
    this.pool = new Piscina<Task, Result>({
      filename: file.href,
      name,
      minThreads: 0,
      maxThreads,
      idleTimeout: idleMs,
      resourceLimits: { maxOldGenerationSizeMb: config.LAB_THREADS_MEMORY_MIB },
    });
    // A thread that ends before it takes a task (its module cannot be read): no task of it would ever end.
    this.pool.on('error', (error: Error) => {
      this.logger.error({ err: error }, 'a thread could not be started');
      for (const task of this.running) task.abort(reasonOf(error));
    });
  }

  /**
   * @throws TransientError when too many tasks wait already, or the pool is closed
   * @throws WorkEnded when the task took too much time or memory
   */
  async run(task: Task): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const isTaken = this.turns.tryRun(() => this.runNow(task).then(resolve, reject));
    if (!isTaken) throw new TransientError('too much work for the threads at once', { retryAfterS: 5 });
    return promise;
  }

  /** Ends all threads, whatever they do. */
  async close() {
    this.isClosed = true;
    for (const task of this.running) task.abort(closed());
    await this.pool.destroy();
  }

  private async runNow(task: Task): Promise<Result> {
    if (this.isClosed) throw closed();
    const ending = new AbortController();
    const { signal } = ending;
    const clock = this.clockOf(ending);
    this.running.add(ending);
    try {
      return await this.pool.run(task, { signal });
    } catch (error) {
      throw signal.aborted ? signal.reason : reasonOf(error);
    } finally {
      clock.stop();
      this.running.delete(ending);
    }
  }

  /** Ends the task when its time is over, which begins when there is a thread for it. */
  private clockOf(ending: AbortController) {
    const end = () => ending.abort(new WorkEnded('time'));
    const limitMs = this.config.LAB_THREADS_TIMEOUT_S * 1000;
    const hasThread = this.pool.idleThreads > 0;
    let timer = setTimeout(end, hasThread ? limitMs : startMs);
    const begin = () => {
      clearTimeout(timer);
      timer = setTimeout(end, limitMs);
    };
    if (!hasThread) this.pool.once('workerCreate', begin);
    const stop = () => {
      clearTimeout(timer);
      this.pool.off('workerCreate', begin);
    };
    return { stop };
  }
}

const closed = () => new TransientError('the threads are closed: the service stops');

const reasonOf = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new WorkEnded('memory')
    : error;
