import Fastify from 'fastify';
import pg from 'pg';
import { serveCommands } from '../support/commands.ts';
import { portOf } from '../support/port-of.ts';
import type { Statement } from './statement-log.ts';

const [databaseUrl = '', schema = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, options: `-c search_path=${schema},public` });
const fastify = Fastify();
let statements: Statement[] = [];

/** The least that answers a list: no caller, no rights, no schema of what comes in or goes out, no second process. */
fastify.get('/sessions', async () => {
  const results: unknown[] = [];
  for (const { text, values } of statements) results.push((await pool.query(text, values)).rows);
  return { items: results[answering] };
});
/** The list itself; the others look up what its rows refer to. */
let answering = 0;
await fastify.listen({ host: '127.0.0.1', port: 0 });

const commands = {
  port: () => portOf(fastify.server.address()),
  /** @param list which of them reads the rows that are shown */
  serve(asked: Statement[], list: number) {
    statements = asked;
    answering = list;
  },
};
export type BareCommands = typeof commands;
serveCommands(commands);
