import type { Migration } from '@lab-orchestrator/platform';

export const sessionsMigration: Migration = {
  name: '0003-sessions',
  up: `
    CREATE TABLE sessions (
      id uuid CONSTRAINT sessions_pkey PRIMARY KEY,
      lab_id uuid NOT NULL,
      lab_version integer NOT NULL,
      owner_id uuid NOT NULL,
      owner_name text NOT NULL,
      course_id uuid,
      desired text NOT NULL CONSTRAINT sessions_desired CHECK (desired IN ('running', 'paused', 'ended')),
      generation integer NOT NULL CONSTRAINT sessions_generation CHECK (generation > 0),
      phase text NOT NULL CONSTRAINT sessions_phase CHECK (phase IN ('requested', 'queued', 'provisioning', 'ready',
        'pausing', 'paused', 'resuming', 'failed', 'ending', 'ended')),
      phase_since timestamptz NOT NULL,
      reason jsonb,
      end_reason text,
      systems jsonb NOT NULL,
      variables bytea NOT NULL,
      cpus double precision NOT NULL,
      memory_bytes bigint NOT NULL,
      created_at timestamptz NOT NULL,
      queue_place integer,
      admitted_at timestamptz,
      ready_at timestamptz,
      ended_at timestamptz,
      deadline_at timestamptz NOT NULL,
      warned_minutes smallint,
      idle_s integer NOT NULL,
      active_at timestamptz,
      idle_warned boolean NOT NULL DEFAULT false,
      extensions_used integer NOT NULL DEFAULT 0,
      CONSTRAINT sessions_version FOREIGN KEY (lab_id, lab_version) REFERENCES lab_versions (lab_id, version)
    );
    CREATE INDEX sessions_open_owner ON sessions (owner_id, lab_id) WHERE phase <> 'ended';
    CREATE INDEX sessions_open_deadline ON sessions (deadline_at) WHERE phase <> 'ended';
    CREATE INDEX sessions_open_id ON sessions (id) WHERE phase <> 'ended';
    CREATE INDEX sessions_waiting ON sessions (created_at, id) WHERE phase IN ('requested', 'queued');
    CREATE INDEX sessions_owner ON sessions (owner_id, created_at DESC, id DESC);
    CREATE INDEX sessions_lab ON sessions (lab_id, lab_version, created_at DESC, id DESC);
    CREATE INDEX sessions_created ON sessions (created_at DESC, id DESC);
    CREATE TABLE session_members (
      session_id uuid NOT NULL CONSTRAINT session_members_session REFERENCES sessions (id),
      user_id uuid NOT NULL,
      display_name text NOT NULL,
      role text NOT NULL CONSTRAINT session_members_role CHECK (role IN ('operator', 'viewer')),
      CONSTRAINT session_members_pkey PRIMARY KEY (session_id, user_id)
    );
    CREATE INDEX session_members_user ON session_members (user_id);
    CREATE TABLE session_log (
      id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT session_log_pkey PRIMARY KEY,
      session_id uuid NOT NULL CONSTRAINT session_log_session REFERENCES sessions (id),
      at timestamptz NOT NULL,
      code text NOT NULL,
      text text NOT NULL,
      actor_name text,
      system text
    );
    CREATE INDEX session_log_session_id ON session_log (session_id, id);`,
  down: 'DROP TABLE session_log, session_members, sessions;',
};
