import type { Migration } from '../database/migration.js';

export const outboxMigration: Migration = {
  name: 'platform-0001-outbox',
  up: `
    CREATE TABLE outbox (
      id uuid CONSTRAINT outbox_pkey PRIMARY KEY,
      position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT outbox_position_key UNIQUE,
      type text NOT NULL,
      key text NOT NULL,
      subject text NOT NULL,
      payload jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      sent_at timestamptz
    );
    CREATE INDEX outbox_unsent ON outbox (position) WHERE sent_at IS NULL;
    CREATE INDEX outbox_sent_at ON outbox (sent_at) WHERE sent_at IS NOT NULL;
    CREATE INDEX outbox_created_at ON outbox (created_at);
    -- Which life of the stream the sent rows were sent to: when the broker has lost it, they are sent again.
    CREATE TABLE outbox_streams (
      stream text CONSTRAINT outbox_streams_pkey PRIMARY KEY,
      created_at text NOT NULL
    );`,
  down: `
    DROP TABLE outbox_streams;
    DROP TABLE outbox;`,
};
