import type { Migration } from '@lab-orchestrator/platform';

export const imagesMigration: Migration = {
  name: '0002-images',
  up: `
    CREATE TABLE images (
      id text CONSTRAINT images_pkey PRIMARY KEY,
      name text NOT NULL,
      title text NOT NULL,
      kind text NOT NULL CONSTRAINT images_kind CHECK (kind IN ('container', 'disk')),
      source jsonb,
      state text NOT NULL CONSTRAINT images_state CHECK (state IN ('absent', 'importing', 'ready', 'failed')),
      percent real,
      size_bytes bigint,
      reason jsonb,
      owner_id uuid,
      listed boolean NOT NULL,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      removed_at timestamptz
    );
    CREATE UNIQUE INDEX images_name ON images (name) WHERE listed AND removed_at IS NULL;`,
  down: 'DROP TABLE images;',
};
