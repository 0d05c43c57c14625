import type { DataSource, EntityManager, EntitySubscriberInterface, QueryRunner } from 'typeorm';
import { quoteSchema } from '../database/schema-name.js';

export const outboxChannel = (schema: string) => `${schema}_outbox`;

/**
 * Tells the relay of this schema, wherever it runs, that rows are committed. Not in the writing transaction: a commit
 * with NOTIFY holds a lock on the whole database, and commits would queue behind each other. While one notification is
 * under way the next ones are gathered. One that is lost costs a poll interval.
 */
export class OutboxWaker implements EntitySubscriberInterface {
  private readonly writers = new WeakSet<QueryRunner>();
  private wanted = false;
  private sending = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly schema: string,
  ) {
    quoteSchema(schema);
    dataSource.subscribers.push(this);
  }

  wakeAfterCommit(tx: EntityManager) {
    if (tx.queryRunner?.isTransactionActive) this.writers.add(tx.queryRunner);
    else this.wake();
  }

  afterTransactionCommit({ queryRunner }: { queryRunner: QueryRunner }) {
    if (this.writers.delete(queryRunner)) this.wake();
  }

  afterTransactionRollback({ queryRunner }: { queryRunner: QueryRunner }) {
    this.writers.delete(queryRunner);
  }

  wake() {
    this.wanted = true;
    if (!this.sending) void this.send();
  }

  private async send() {
    this.sending = true;
    while (this.wanted) {
      this.wanted = false;
      // The relay polls as well: a database that is away now wakes nobody, and loses nothing.
      await this.dataSource.query(`NOTIFY "${outboxChannel(this.schema)}"`).catch(() => undefined);
    }
    this.sending = false;
  }
}
