import type { EventDefinition } from '../messaging/event.js';
import { CloudEvent, EVENT_SUBJECTS } from '../messaging/event.js';
import { events } from '../events/events.js';
import { type JsonSchema, Schemas } from './schemas.js';

const description = `What happens, as CloudEvents 1.0 on the JetStream stream \`LAB_EVENTS\` (\`${EVENT_SUBJECTS}\`, kept 7 days).

The last token of a subject is the key: all events of one session, image or user arrive in the order in which they were
written, and may arrive twice: handle each id once. New fields are only ever added as optional ones; anything else is a
new version of the type. Give integrators a NATS account that may only read.`;

/** The AsyncAPI 3 document of the events. */
export function asyncApiDocument(): JsonSchema {
  const schemas = new Schemas('#/components/schemas/');
  const envelope = schemas.refer(CloudEvent, 'output');
  const messages = Object.fromEntries(events.all.map((event) => [nameOf(event), messageOf(event, envelope, schemas)]));
  return {
    asyncapi: '3.0.0',
    info: { title: 'Lab Orchestrator events', version: '1.0.0', description, license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(events.all.map((event) => [nameOf(event), channelOf(event)])),
    operations: Object.fromEntries(events.all.map((event) => [`on${nameOf(event)}`, operationOf(event)])),
    components: { messages, schemas: schemas.all() },
  };
}

/** `lab.members.changed.v1` → `LabMembersChangedV1` */
function nameOf({ type }: EventDefinition) {
  return type.replaceAll(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function channelOf(event: EventDefinition): JsonSchema {
  return {
    address: `events.${event.type}.{key}`,
    parameters: { key: { description: 'The session, image or user it is about' } },
    messages: { [nameOf(event)]: { $ref: `#/components/messages/${nameOf(event)}` } },
  };
}

function operationOf(event: EventDefinition): JsonSchema {
  return { action: 'send', channel: { $ref: `#/channels/${nameOf(event)}` } };
}

function messageOf(event: EventDefinition, envelope: JsonSchema, schemas: Schemas): JsonSchema {
  return {
    name: event.type,
    headers: { type: 'object', properties: { 'Nats-Msg-Id': { type: 'string', description: 'The id of the event' } } },
    payload: {
      allOf: [
        envelope,
        { type: 'object', properties: { type: { const: event.type }, data: schemas.refer(event.data, 'output') } },
      ],
    },
  };
}
