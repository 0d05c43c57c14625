import { Logger } from '@nestjs/common';
import type { JsMsg } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from '../errors/is-transient.js';
import { inContext } from '../logging/call-context.js';
import type { Metrics } from '../metrics/metrics.js';
import type { DeadLetters } from './dead-letters.js';
import { eventHeaders } from './event-headers.js';
import type { EventRoute } from './event-route.js';
import { traced } from '../telemetry/spans.js';
import { KeyLanes } from './key-lanes.js';
import { InvalidEventError, readEvent, typeOfSubject } from './received-event.js';
import { Room } from './room.js';

export interface DeliveryOptions {
  durable: string;
  concurrency: number;
  ackWaitMs: number;
  /** Pauses before the second, third … try; after the last one the event goes to the dead letters. */
  retryDelaysMs: readonly number[];
}

const gatherMs = 5;

/** What happens to one message: parse, handle, acknowledge; or try again later; or give it up. */
export class Delivery {
  private readonly logger = new Logger('Events');
  private readonly lanes = new KeyLanes();
  private readonly room: Room;

  constructor(
    private readonly routes: ReadonlyMap<string, EventRoute>,
    private readonly deadLetters: DeadLetters,
    private readonly metrics: Metrics,
    private readonly options: DeliveryOptions,
  ) {
    this.room = new Room(options.concurrency);
  }

  /** How many more messages may be accepted; resolves when there is room for one, and soon for more at once. */
  async space(): Promise<number> {
    await this.room.whenFree(1);
    // One round trip to the broker for each place that becomes free would be slow; waiting long for many would be, too.
    await Promise.race([this.room.whenFree(this.room.places / 4), sleep(gatherMs)]);
    return this.room.free;
  }

  /** Takes one message; there must be space for it. */
  accept(message: JsMsg): void {
    const route = this.routes.get(typeOfSubject(message.subject));
    const redriveFor = message.headers?.get(eventHeaders.redriveFor);
    if (!route || (redriveFor && redriveFor !== this.options.durable)) return message.ack();
    this.room.enter();
    const stopHolding = this.hold(message);
    const key = message.subject.slice(message.subject.lastIndexOf('.') + 1);
    void this.lanes
      .run(key, () => this.settle(route, message))
      .finally(() => {
        stopHolding();
        this.room.leave();
      });
  }

  /** Resolves when no handler runs any more. */
  idle() {
    return this.room.idle();
  }

  /** Tells the broker that the message is still being worked on, so that nobody else gets it. */
  private hold(message: JsMsg) {
    const timer = setInterval(() => message.working(), this.options.ackWaitMs / 3);
    return () => clearInterval(timer);
  }

  /** Never rejects: whatever goes wrong leaves the message unacknowledged, and it comes back. */
  private async settle(route: EventRoute, message: JsMsg) {
    const startedAt = performance.now();
    const outcome = await this.handle(route, message).catch((error: unknown) => {
      this.logger.error({ err: error, subject: message.subject }, 'the outcome could not be reported');
      return 'unsettled';
    });
    this.metrics.eventDone(route.definition.type, outcome, performance.now() - startedAt);
  }

  private async handle({ definition, handle }: EventRoute, message: JsMsg) {
    try {
      const event = readEvent(definition, message);
      const step = { name: `handle ${event.type}`, kind: 'consumer', parent: event.traceparent } as const;
      await inContext({ correlationId: event.correlationId }, () => traced(step, () => handle(event.data, event)));
      message.ack();
      return 'ok';
    } catch (error) {
      return this.failed(message, error);
    }
  }

  private async failed(message: JsMsg, error: unknown) {
    const { retryDelaysMs, durable } = this.options;
    const tries = message.info.deliveryCount;
    // An outage is not the event's fault: it waits for as long as the stream keeps it.
    const delayMs = isTransient(error) ? (retryDelaysMs[tries - 1] ?? retryDelaysMs.at(-1)) : retryDelaysMs[tries - 1];
    if (delayMs === undefined || error instanceof InvalidEventError) {
      await this.deadLetters.add(durable, message, error);
      message.term();
      return 'dead_letter';
    }
    this.logger.warn({ err: error, subject: message.subject, tries, delayMs }, 'handling an event failed');
    message.nak(delayMs);
    return 'retry';
  }
}
