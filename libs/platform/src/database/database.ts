import { Injectable, Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { setTimeout as sleep } from 'node:timers/promises';
import { isConflict, isTransient } from '../errors/is-transient.js';
import { TransientError } from '../errors/transient-error.js';

export interface TransactionOptions {
  /** How often the work runs at most. */
  attempts?: number;
  /** The work may be committed twice without harm: also retry when the connection broke during COMMIT. */
  repeatable?: boolean;
}

const defaultAttempts = 5;

/** Transactions of this service's schema. */
@Injectable()
export class Database {
  private readonly logger = new Logger('Database');

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs the work in one transaction, again from the start when Postgres says that another try will do (conflict,
   * deadlock, connection cut). So the work has no effect outside `tx`. A connection that breaks in COMMIT leaves the
   * outcome unknown: that is not repeated unless the work is `repeatable`.
   */
  async transaction<T>(work: (tx: EntityManager) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const attempts = options.attempts ?? defaultAttempts;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work, options);
      } catch (error) {
        if (!isTransient(error) || error instanceof OutcomeUnknownError) throw error;
        if (attempt >= attempts) throw new TransientError('the database is busy or away', { cause: error });
        this.logger.warn({ err: error, attempt }, 'transaction runs again');
        await sleep(20 * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  }

  private async once<T>(work: (tx: EntityManager) => Promise<T>, { repeatable }: TransactionOptions): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    let committing = false;
    try {
      await runner.startTransaction();
      const result = await work(runner.manager);
      committing = true;
      await runner.commitTransaction();
      return result;
    } catch (cause) {
      // TypeORM gives a broken connection back by itself; what fails after that says only that it is gone.
      const cut = runner.isReleased && !isTransient(cause);
      const error = cut ? new TransientError('the connection was cut', { cause }) : cause;
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      if (committing && !repeatable && isTransient(error) && !isConflict(error)) throw new OutcomeUnknownError(error);
      throw error;
    } finally {
      await runner.release().catch(() => undefined);
    }
  }
}

/** The connection broke while COMMIT was under way. */
class OutcomeUnknownError extends TransientError {
  constructor(cause: unknown) {
    super('the connection broke during COMMIT', { cause });
  }
}
