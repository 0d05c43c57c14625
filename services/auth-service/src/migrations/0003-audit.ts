import type { Migration } from '@lab-orchestrator/platform';

/** The trigger holds for every role, the owner included; the id makes a repeated record harmless. */
export const audit: Migration = {
  name: '0003-audit',
  up: `
    CREATE TABLE audit (
      id uuid CONSTRAINT audit_pkey PRIMARY KEY,
      at timestamptz NOT NULL,
      actor_id uuid,
      actor_name text,
      action text NOT NULL,
      target text,
      outcome text NOT NULL CONSTRAINT audit_outcome_check CHECK (outcome IN ('ok', 'refused', 'failed')),
      address text,
      request_id text,
      detail jsonb
    );
    CREATE INDEX audit_at ON audit (at DESC, id DESC);
    CREATE INDEX audit_actor_at ON audit (actor_id, at DESC);
    CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege';
      END $$;
    CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
      FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
    REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM PUBLIC;`,
  down: `
    DROP TABLE audit;
    DROP FUNCTION audit_is_append_only;`,
};
