import { CloudEvent, type DataOf, type EventDefinition } from '@lab-orchestrator/contracts';
import type { JsMsg } from '@nats-io/jetstream';

/** An event as a handler gets it: parsed, with what the broker knows about this delivery. */
export interface ReceivedEvent<E extends EventDefinition = EventDefinition> {
  readonly id: string;
  readonly type: E['type'];
  /** What orders it: usually the session. */
  readonly key: string;
  readonly time: Date;
  readonly source: string;
  readonly correlationId: string | undefined;
  /** W3C trace context of the step that caused it. */
  readonly traceparent: string | undefined;
  readonly data: DataOf<E>;
  /** Its place in the stream. */
  readonly sequence: number;
  /** 1 at the first delivery. */
  readonly deliveryCount: number;
}

/** A message that no repeat can make valid. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
}

/** `events.lab.requested.v1.<key>` → `lab.requested.v1` */
export function typeOfSubject(subject: string) {
  return subject.slice('events.'.length, subject.lastIndexOf('.'));
}

/** Parses the envelope only: for readers of every type, who pass the data on. */
export function readEnvelope(message: Pick<JsMsg, 'json' | 'subject'>): CloudEvent {
  let body: unknown;
  try {
    body = message.json();
  } catch (cause) {
    throw new InvalidEventError(`${message.subject}: the body is not JSON`, { cause });
  }
  const envelope = CloudEvent.safeParse(body);
  if (!envelope.success) throw new InvalidEventError(`${message.subject}: not a CloudEvent: ${envelope.error.message}`);
  return envelope.data;
}

/** Parses the envelope and the data with the contract's schema. */
export function readEvent(definition: EventDefinition, message: JsMsg): ReceivedEvent {
  const envelope = readEnvelope(message);
  if (envelope.type !== definition.type) {
    throw new InvalidEventError(`${message.subject}: the body says ${envelope.type}`);
  }
  const data = definition.data.safeParse(envelope.data);
  if (!data.success) throw new InvalidEventError(`${definition.type}: ${data.error.message}`);
  return {
    id: envelope.id,
    type: definition.type,
    key: envelope.subject,
    time: new Date(envelope.time),
    source: envelope.source,
    correlationId: envelope.correlationid,
    traceparent: envelope.traceparent,
    data: data.data,
    sequence: message.seq,
    deliveryCount: message.info.deliveryCount,
  };
}
