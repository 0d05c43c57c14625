import { z } from 'zod';

/** A message that says what happened: a versioned type name, the schema of its facts, and the key that orders it. */
export interface EventDefinition<Type extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly data: Data;
  /** The subject filter that matches every event of this type. */
  readonly filter: string;
  /** Events with the same key are delivered in the order in which they were written. */
  key(data: z.output<Data>): string;
  /** The NATS subject: `events.<type>.<key>`. */
  subject(data: z.output<Data>): string;
}

export type DataOf<E extends EventDefinition> = z.output<E['data']>;
export type DataInputOf<E extends EventDefinition> = z.input<E['data']>;

export const EVENT_SUBJECTS = 'events.>';

const typePattern = /^[a-z][a-z0-9]*(\.[a-z][a-z0-9]*)+\.v[1-9][0-9]*$/;
const keyPattern = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Defines an event. Types are inferred from the schema; published schemas only grow by optional fields.
 * @param type dotted name ending in a version: `lab.requested.v1`
 * @param key the id by which integrators filter and the platform keeps the order, usually the session
 */
export function defineEvent<const Type extends string, Data extends z.ZodType>(
  type: Type,
  data: Data,
  key: (data: z.output<Data>) => string,
): EventDefinition<Type, Data> {
  if (!typePattern.test(type)) throw new TypeError(`event type "${type}" is not of the form noun.verb.v1`);
  const safeKey = (value: z.output<Data>) => subjectToken(type, key(value));
  return {
    type,
    data,
    filter: `events.${type}.*`,
    key: safeKey,
    subject: (value) => `events.${type}.${safeKey(value)}`,
  };
}

/** A key becomes one token of a NATS subject: a dot or wildcard in it would change what filters match. */
function subjectToken(type: string, key: string) {
  if (!keyPattern.test(key)) throw new TypeError(`the key of event ${type} does not fit a subject: "${key}"`);
  return key;
}

/** The body of every event on the wire: CloudEvents 1.0 in structured JSON mode. */
export const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(200),
  source: z.string().min(1).max(200),
  type: z.string().regex(typePattern),
  /** The event's key. */
  subject: z.string().regex(keyPattern),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json').default('application/json'),
  /** Extension: the request or job that caused this event. */
  correlationid: z.string().min(1).max(128).optional(),
  /** Extension "Distributed Tracing": the step that caused this event, where calls are traced. */
  traceparent: z.string().max(55).optional(),
  data: z.unknown(),
});
export type CloudEvent = z.infer<typeof CloudEvent>;
