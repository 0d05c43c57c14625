import { randomUUID } from 'node:crypto';
import type { DataInputOf, EventDefinition } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { quoteSchema } from '../database/schema-name.js';
import { composeEvent } from '../events/cloud-event.js';
import type { OutboxWaker } from './outbox-waker.js';

/** Events written in the transaction that changes the state, and published by the relay after its commit. */
@Injectable()
export class Outbox {
  private readonly table: string;

  constructor(
    schema: string,
    private readonly source: string,
    private readonly waker: OutboxWaker,
  ) {
    this.table = `${quoteSchema(schema)}.outbox`;
  }

  /**
   * Adds one event. Throws when the data breaks its schema, so that the transaction rolls back.
   * The order of one key is the order of the transactions as long as they lock the key's own row first, as an
   * `UPDATE sessions …` before this call does.
   */
  async add<E extends EventDefinition>(tx: EntityManager, definition: E, data: DataInputOf<E>): Promise<void> {
    const { subject, envelope } = composeEvent(definition, data, { id: randomUUID(), source: this.source });
    await tx.query(`INSERT INTO ${this.table} (id, type, key, subject, payload) VALUES ($1, $2, $3, $4, $5)`, [
      envelope.id,
      envelope.type,
      envelope.subject,
      subject,
      JSON.stringify(envelope),
    ]);
    this.waker.wakeAfterCommit(tx);
  }
}
