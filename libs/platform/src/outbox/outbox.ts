import { randomUUID } from 'node:crypto';
import type { DataInputOf, EventDefinition } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { quoteSchema } from '../database/schema-name.js';
import { composeEvent } from '../events/cloud-event.js';
import type { OutboxWaker } from './outbox-waker.js';

export type ComposedEvent = ReturnType<typeof composeEvent>;

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
    await this.addAll(tx, [this.compose(definition, data)]);
  }

  /** An event as part of the call that runs now, for {@link addAll}. Throws when the data breaks its schema. */
  compose<E extends EventDefinition>(definition: E, data: DataInputOf<E>): ComposedEvent {
    return composeEvent(definition, data, { id: randomUUID(), source: this.source });
  }

  /** Adds several in their order, in one statement: for work of several calls that share a transaction. */
  async addAll(tx: EntityManager, events: readonly ComposedEvent[]): Promise<void> {
    if (events.length === 0) return;
    await tx.query(
      `INSERT INTO ${this.table} (id, type, key, subject, payload)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[])`,
      [
        events.map(({ envelope }) => envelope.id),
        events.map(({ envelope }) => envelope.type),
        events.map(({ envelope }) => envelope.subject),
        events.map(({ subject }) => subject),
        events.map(({ envelope }) => JSON.stringify(envelope)),
      ],
    );
    this.waker.wakeAfterCommit(tx);
  }
}
