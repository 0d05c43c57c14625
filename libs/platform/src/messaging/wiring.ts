import type { EventDefinition, RequestDefinition } from '@lab-orchestrator/contracts';

type Extras = Record<string, unknown> | undefined;

/** The contract a handler was bound with; a handler bound without one stops the start. */
export function requestOf(name: string, extras: Extras): RequestDefinition {
  const definition = extras?.['request'];
  if (isRequest(definition)) return definition;
  throw new Error(`"${name}" has no schema: bind it with @HandleRequest(definition)`);
}

export function eventOf(name: string, extras: Extras): EventDefinition {
  const definition = extras?.['event'];
  if (isEvent(definition)) return definition;
  throw new Error(`"${name}" has no schema: bind it with @HandleEvent(definition)`);
}

function isRequest(value: unknown): value is RequestDefinition {
  return typeof value === 'object' && value !== null && 'subject' in value && 'request' in value && 'reply' in value;
}

function isEvent(value: unknown): value is EventDefinition {
  return typeof value === 'object' && value !== null && 'type' in value && 'data' in value && 'filter' in value;
}
