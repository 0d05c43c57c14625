import type { Migration } from '@lab-orchestrator/platform';

export const progressMigration: Migration = {
  name: '0002-progress',
  up: `
    CREATE TABLE participants (
      session_id uuid NOT NULL CONSTRAINT participants_session REFERENCES sessions (id),
      user_id uuid NOT NULL,
      display_name text NOT NULL,
      started_at timestamptz NOT NULL,
      last_at timestamptz,
      completed_at timestamptz,
      done integer NOT NULL DEFAULT 0 CONSTRAINT participants_done CHECK (done >= 0),
      points double precision NOT NULL DEFAULT 0 CONSTRAINT participants_points CHECK (points >= 0),
      CONSTRAINT participants_pkey PRIMARY KEY (session_id, user_id)
    );
    CREATE TABLE steps (
      session_id uuid NOT NULL,
      user_id uuid NOT NULL,
      step_id text NOT NULL,
      done_at timestamptz,
      points double precision NOT NULL DEFAULT 0 CONSTRAINT steps_points CHECK (points >= 0),
      hints text[] NOT NULL DEFAULT '{}',
      checks jsonb NOT NULL DEFAULT '{}',
      runs integer NOT NULL DEFAULT 0,
      attempts integer NOT NULL DEFAULT 0,
      given jsonb,
      correct boolean,
      CONSTRAINT steps_pkey PRIMARY KEY (session_id, user_id, step_id),
      CONSTRAINT steps_participant FOREIGN KEY (session_id, user_id) REFERENCES participants (session_id, user_id)
    );
    CREATE TABLE answers (
      session_id uuid NOT NULL,
      user_id uuid NOT NULL,
      name text NOT NULL,
      value text NOT NULL,
      at timestamptz NOT NULL,
      CONSTRAINT answers_pkey PRIMARY KEY (session_id, user_id, name),
      CONSTRAINT answers_participant FOREIGN KEY (session_id, user_id) REFERENCES participants (session_id, user_id)
    );
    CREATE TABLE step_log (
      id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT step_log_pkey PRIMARY KEY,
      session_id uuid NOT NULL,
      user_id uuid NOT NULL,
      step_id text NOT NULL,
      at timestamptz NOT NULL,
      what text NOT NULL CONSTRAINT step_log_what CHECK (what IN ('ticked', 'unticked', 'checked', 'answered', 'hint',
        'reopened')),
      detail jsonb
    );
    CREATE INDEX step_log_session ON step_log (session_id, user_id, id);`,
  down: 'DROP TABLE step_log, answers, steps, participants;',
};
