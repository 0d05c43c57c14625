import { defineEvent } from '@lab-orchestrator/contracts';
import { z } from 'zod';

/** About as large as what the services publish; it says when its transaction was begun. */
export const Written = defineEvent(
  'bench.written.v1',
  z.object({ thing: z.uuid(), atMs: z.number(), generation: z.int() }),
  ({ thing }) => thing,
);

/** The state that changes with the event. */
export const schema = 'bench';
export const things = {
  name: '0001-things',
  up: 'CREATE TABLE things (id uuid CONSTRAINT things_pkey PRIMARY KEY, generation int NOT NULL)',
  down: 'DROP TABLE things',
};
export const insertThing = `INSERT INTO things (id, generation) VALUES ($1, $2)`;
export const poolSize = 16;
