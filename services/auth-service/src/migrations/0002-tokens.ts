import type { Migration } from '@lab-orchestrator/platform';

export const tokens: Migration = {
  name: '0002-tokens',
  up: `
    CREATE TABLE signing_keys (
      kid text CONSTRAINT signing_keys_pkey PRIMARY KEY,
      public_jwk jsonb NOT NULL,
      private_jwk_encrypted bytea NOT NULL,
      signs_from timestamptz NOT NULL,
      published_until timestamptz
    );
    -- One signed-in browser; every refresh token that follows from one sign-in.
    CREATE TABLE token_families (
      id uuid CONSTRAINT token_families_pkey PRIMARY KEY,
      user_id uuid NOT NULL CONSTRAINT token_families_user_fkey REFERENCES users ON DELETE CASCADE,
      address_block text NOT NULL,
      user_agent text,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL,
      revoked_at timestamptz
    );
    CREATE INDEX token_families_user_id ON token_families (user_id);
    CREATE INDEX token_families_expires_at ON token_families (expires_at);
    CREATE TABLE refresh_tokens (
      hash text CONSTRAINT refresh_tokens_pkey PRIMARY KEY,
      family_id uuid NOT NULL CONSTRAINT refresh_tokens_family_fkey REFERENCES token_families ON DELETE CASCADE,
      position integer NOT NULL,
      expires_at timestamptz NOT NULL,
      used_at timestamptz,
      CONSTRAINT refresh_tokens_position_key UNIQUE (family_id, position)
    );
    CREATE TABLE api_tokens (
      id uuid CONSTRAINT api_tokens_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
      user_id uuid NOT NULL CONSTRAINT api_tokens_user_fkey REFERENCES users ON DELETE CASCADE,
      name text NOT NULL,
      hash text NOT NULL CONSTRAINT api_tokens_hash_key UNIQUE,
      scopes text[] NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL,
      last_used_at timestamptz
    );
    CREATE INDEX api_tokens_user_id ON api_tokens (user_id);`,
  down: `
    DROP TABLE api_tokens;
    DROP TABLE refresh_tokens;
    DROP TABLE token_families;
    DROP TABLE signing_keys;`,
};
