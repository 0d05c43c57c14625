import type { Migration } from '@lab-orchestrator/platform';

export const instructionsMigration: Migration = {
  name: '0001-instructions',
  up: `
    CREATE TABLE instructions (
      lab_id uuid NOT NULL,
      version integer NOT NULL,
      digest text NOT NULL,
      compiler integer NOT NULL,
      compiled jsonb NOT NULL,
      scripts jsonb NOT NULL,
      compiled_at timestamptz NOT NULL,
      CONSTRAINT instructions_pkey PRIMARY KEY (lab_id, version)
    );
    CREATE TABLE sessions (
      id uuid CONSTRAINT sessions_pkey PRIMARY KEY,
      lab_id uuid NOT NULL,
      version integer NOT NULL,
      owner_id uuid NOT NULL,
      owner_name text NOT NULL,
      lab_owner_id uuid NOT NULL,
      course_id uuid,
      members jsonb NOT NULL,
      generation integer NOT NULL,
      phase text NOT NULL CONSTRAINT sessions_phase CHECK (phase IN ('requested', 'queued', 'provisioning', 'ready',
        'pausing', 'paused', 'resuming', 'failed', 'ending', 'ended')),
      created_at timestamptz NOT NULL,
      known_at timestamptz,
      changes integer NOT NULL DEFAULT 0
    );
    CREATE INDEX sessions_lab ON sessions (lab_id, created_at DESC, id DESC);
    CREATE INDEX sessions_lab_owner ON sessions (lab_owner_id, created_at DESC, id DESC);
    CREATE INDEX sessions_course ON sessions (course_id, created_at DESC, id DESC) WHERE course_id IS NOT NULL;
    CREATE INDEX sessions_created ON sessions (created_at DESC, id DESC);`,
  down: 'DROP TABLE sessions, instructions;',
};
