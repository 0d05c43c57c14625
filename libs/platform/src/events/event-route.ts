import type { EventDefinition } from '@lab-orchestrator/contracts';
import type { ReceivedEvent } from './received-event.js';

/** Which handler an event type goes to. */
export interface EventRoute {
  readonly definition: EventDefinition;
  readonly handle: (data: unknown, event: ReceivedEvent) => Promise<unknown>;
}
