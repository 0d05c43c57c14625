import type { Diagnostic } from '@lab-orchestrator/contracts';
import type { CheckOptions, FolderFiles } from '@lab-orchestrator/lab-folder';
import { CONFIG, WorkEnded, workerFile, WorkerPool } from '@lab-orchestrator/platform';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { LabConfig } from '../../config.js';
import type { CheckedLab, FolderTask } from './check-folder.worker.js';

/** Checks lab folders in threads: what a stranger wrote may take its time, but nobody else's. */
@Injectable()
export class FolderChecker implements OnApplicationShutdown {
  private readonly logger = new Logger('Checks');
  private readonly threads: WorkerPool<FolderTask, CheckedLab>;

  constructor(@Inject(CONFIG) config: LabConfig) {
    const file = workerFile('./check-folder.worker', import.meta.url);
    this.threads = new WorkerPool({ file, name: 'checkFolder' }, config);
  }

  /** @throws TransientError when too many folders wait already */
  async check(files: FolderFiles, options: CheckOptions = {}): Promise<CheckedLab> {
    try {
      return await this.threads.run({ files, options });
    } catch (error) {
      if (!(error instanceof WorkEnded)) throw error;
      this.logger.warn({ limit: error.limit }, 'checking a lab was ended');
      return { diagnostics: [findings[error.limit]], digest: '', onPages: new Set() };
    }
  }

  async onApplicationShutdown() {
    await this.threads.close();
  }
}

const finding = (code: string, message: string): Diagnostic => ({
  severity: 'error',
  file: 'pages',
  path: '',
  code,
  message,
});

/** As the compiler itself says it, where it comes to say it. */
const findings = {
  time: finding(
    'pages_too_slow',
    'reading the pages took too long; are there many boxes, tables or marks in one of them?',
  ),
  memory: finding(
    'pages_too_large',
    'reading the pages took too much memory; are there many boxes, tables or marks in them?',
  ),
} satisfies Record<WorkEnded['limit'], Diagnostic>;
