import type { CloudEvent, DataInputOf, EventDefinition } from '@lab-orchestrator/contracts';
import { currentContext } from '../logging/call-context.js';
import { currentTraceparent } from '../telemetry/spans.js';

/** The message of one event: what the outbox stores and the broker gets. Throws when the data breaks its schema. */
export function composeEvent<E extends EventDefinition>(
  definition: E,
  input: DataInputOf<E>,
  origin: { id: string; source: string },
): { subject: string; envelope: CloudEvent } {
  const data = definition.data.parse(input);
  const traceparent = currentTraceparent();
  const envelope: CloudEvent = {
    specversion: '1.0',
    id: origin.id,
    source: origin.source,
    type: definition.type,
    subject: definition.key(data),
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    ...(currentContext() && { correlationid: currentContext()?.correlationId }),
    ...(traceparent && { traceparent }),
    data,
  };
  return { subject: definition.subject(data), envelope };
}
