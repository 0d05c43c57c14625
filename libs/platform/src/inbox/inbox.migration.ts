import type { Migration } from '../database/migration.js';

export const inboxMigration: Migration = {
  name: 'platform-0002-inbox',
  up: `
    CREATE TABLE inbox (
      consumer text NOT NULL,
      event_id text NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id)
    );
    CREATE INDEX inbox_received_at ON inbox (received_at);`,
  down: 'DROP TABLE inbox;',
};
