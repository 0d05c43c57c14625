import { CONFIG, workerFile, WorkerPool } from '@lab-orchestrator/platform';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { InstructionConfig } from '../config.js';
import type { CompiledPages, PagesTask } from './compile-pages.worker.js';

/** Compiles pages in threads: what a stranger wrote may take its time, but nobody else's. */
@Injectable()
export class PageThreads implements OnApplicationShutdown {
  private readonly threads: WorkerPool<PagesTask, CompiledPages>;

  constructor(@Inject(CONFIG) config: InstructionConfig) {
    const file = workerFile('./compile-pages.worker', import.meta.url);
    this.threads = new WorkerPool({ file, name: 'compilePages' }, config);
  }

  /** @throws what `WorkerPool.run` throws */
  compile(task: PagesTask): Promise<CompiledPages> {
    return this.threads.run(task);
  }

  async onApplicationShutdown() {
    await this.threads.close();
  }
}
