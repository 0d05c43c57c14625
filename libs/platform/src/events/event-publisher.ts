import type { DataInputOf, EventDefinition } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { TransientError } from '../errors/transient-error.js';
import { composeEvent } from './cloud-event.js';

/** A message written to a connection that is breaking gets no answer at all; its id makes sending it again safe. */
const attempts = 3;
const attemptMs = 2_000;
const pauseMs = 100;

/**
 * Publishes straight to the stream, for services without a database. Services with one use the Outbox: only there
 * state and event are one transaction.
 */
@Injectable()
export class EventPublisher {
  private readonly jetstream: JetStreamClient;

  constructor(
    connection: NatsConnection,
    private readonly source: string,
  ) {
    this.jetstream = jetstream(connection);
  }

  /**
   * Resolves when the broker has stored the event.
   * @param id deterministic, e.g. `<sessionId>.<generation>.provisioned`: a repeat within two minutes is dropped by the
   * broker, a later one by every consumer's inbox
   */
  async publish<E extends EventDefinition>(definition: E, data: DataInputOf<E>, { id }: { id: string }): Promise<void> {
    const { subject, envelope } = composeEvent(definition, data, { id, source: this.source });
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.jetstream.publish(subject, JSON.stringify(envelope), { msgID: id, timeout: attemptMs });
        return;
      } catch (cause) {
        if (attempt === attempts) throw new TransientError(`${definition.type} could not be published`, { cause });
        await sleep(pauseMs * attempt);
      }
    }
  }
}
