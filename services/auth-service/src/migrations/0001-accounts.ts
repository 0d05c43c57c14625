import type { Migration } from '@lab-orchestrator/platform';

export const accounts: Migration = {
  name: '0001-accounts',
  up: `
    CREATE TABLE users (
      id uuid CONSTRAINT users_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
      username text NOT NULL CONSTRAINT users_username_key UNIQUE,
      display_name text NOT NULL,
      email text,
      role text NOT NULL CONSTRAINT users_role_check CHECK (role IN ('admin', 'lecturer', 'learner')),
      password_hash text,
      disabled_at timestamptz,
      preferences jsonb NOT NULL DEFAULT '{}',
      created_at timestamptz NOT NULL DEFAULT now(),
      last_login_at timestamptz
    );
    CREATE INDEX users_display_name ON users (display_name, id);
    CREATE INDEX users_created_at ON users (created_at, id);
    CREATE TABLE invitations (
      hash text CONSTRAINT invitations_pkey PRIMARY KEY,
      user_id uuid NOT NULL CONSTRAINT invitations_user_fkey REFERENCES users ON DELETE CASCADE,
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX invitations_user_id ON invitations (user_id);`,
  down: `
    DROP TABLE invitations;
    DROP TABLE users;`,
};
