import { randomUUID } from 'node:crypto';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { serveCommands } from '../support/commands.ts';
import { eachAtOnce } from '../support/each-at-once.ts';
import { insertThing, poolSize, schema } from './written.ts';

const [natsUrl = '', databaseUrl = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: poolSize, options: `-c search_path=${schema}` });
const connection = await connect({ servers: natsUrl });
const stream = jetstream(connection);
/** A stream of its own, so that no consumer of events is busy with it meanwhile. */
const subject = 'bare.written';
const manager = await jetstreamManager(connection);
await manager.streams.add({ name: 'BENCH_BARE', subjects: [subject] });

/** As large as an event with its envelope. */
function envelopeOf(thing: string) {
  const data = { thing, atMs: performance.timeOrigin, generation: 1 };
  const time = new Date().toISOString();
  const [id, correlationid] = [randomUUID(), randomUUID()];
  return {
    id,
    specversion: '1.0',
    source: 'bench-bare',
    type: 'bench.bare.v1',
    subject: thing,
    time,
    correlationid,
    data,
  };
}

const commands = {
  /** The same statements as an event's writer sends, with sent rows, so that no relay takes them. */
  writeAll: (count: number) =>
    eachAtOnce(poolSize, count, async () => {
      const client = await pool.connect();
      const thing = randomUUID();
      const envelope = envelopeOf(thing);
      await client.query('BEGIN');
      await client.query(insertThing, [thing, 1]);
      await client.query(
        `INSERT INTO outbox (id, type, key, subject, payload, sent_at) VALUES ($1, $2, $3, $4, $5, now())`,
        [envelope.id, envelope.type, thing, subject, JSON.stringify(envelope)],
      );
      await client.query('COMMIT');
      client.release();
    }),
  /** Published and acknowledged by the stream; several hundred under way, as in a batch of the relay. */
  publishAll: (count: number) =>
    eachAtOnce(500, count, async () => {
      const envelope = envelopeOf(randomUUID());
      await stream.publish(subject, JSON.stringify(envelope), { msgID: envelope.id });
    }),
};
export type BareCommands = typeof commands;
serveCommands(commands);
