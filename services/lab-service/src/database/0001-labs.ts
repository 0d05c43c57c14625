import type { Migration } from '@lab-orchestrator/platform';

export const labsMigration: Migration = {
  name: '0001-labs',
  up: `
    CREATE TABLE labs (
      id uuid CONSTRAINT labs_pkey PRIMARY KEY,
      slug text NOT NULL,
      owner_id uuid NOT NULL,
      visibility text NOT NULL CONSTRAINT labs_visibility CHECK (visibility IN ('private', 'course', 'public')),
      archived boolean NOT NULL DEFAULT false,
      version integer NOT NULL CONSTRAINT labs_version CHECK (version > 0),
      title text NOT NULL,
      summary text NOT NULL,
      level text NOT NULL,
      level_rank smallint NOT NULL,
      duration_s integer NOT NULL,
      tags text[] NOT NULL,
      revision integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      deleted_at timestamptz
    );
    CREATE UNIQUE INDEX labs_owner_slug ON labs (owner_id, slug) WHERE deleted_at IS NULL;
    CREATE TABLE lab_versions (
      lab_id uuid NOT NULL CONSTRAINT lab_versions_lab REFERENCES labs (id),
      version integer NOT NULL,
      digest text NOT NULL,
      title text NOT NULL,
      resolved jsonb NOT NULL,
      source text NOT NULL,
      created_by_id uuid NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT lab_versions_pkey PRIMARY KEY (lab_id, version)
    );
    CREATE TABLE contents (
      sha256 text CONSTRAINT contents_pkey PRIMARY KEY,
      content bytea NOT NULL
    );
    CREATE TABLE lab_files (
      lab_id uuid NOT NULL,
      version integer NOT NULL,
      path text NOT NULL,
      sha256 text NOT NULL CONSTRAINT lab_files_content REFERENCES contents (sha256),
      size_bytes integer NOT NULL,
      CONSTRAINT lab_files_pkey PRIMARY KEY (lab_id, version, path),
      CONSTRAINT lab_files_version FOREIGN KEY (lab_id, version) REFERENCES lab_versions (lab_id, version)
    );
    CREATE INDEX lab_files_sha256 ON lab_files (sha256);`,
  down: 'DROP TABLE lab_files, contents, lab_versions, labs;',
};
