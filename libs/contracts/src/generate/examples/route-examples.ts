import { accountExamples } from './account-examples.js';
import { instructionExamples } from './instruction-examples.js';
import { labExamples } from './lab-examples.js';
import { sessionExamples } from './session-examples.js';

export interface RouteExample {
  readonly body?: unknown;
  readonly reply?: unknown;
}

/** By the route's name in the table; a spec parses each with the route's own schemas. */
export const routeExamples: Readonly<Record<string, RouteExample>> = {
  ...accountExamples,
  ...labExamples,
  ...sessionExamples,
  ...instructionExamples,
};
