import type { Migration } from '@lab-orchestrator/platform';

export const quotasMigration: Migration = {
  name: '0004-quotas',
  up: `
    CREATE TABLE quotas (
      scope text CONSTRAINT quotas_pkey PRIMARY KEY,
      sessions integer CONSTRAINT quotas_sessions CHECK (sessions >= 0),
      cpus double precision CONSTRAINT quotas_cpus CHECK (cpus >= 0),
      memory_bytes bigint CONSTRAINT quotas_memory CHECK (memory_bytes >= 0)
    );
    INSERT INTO quotas (scope, sessions) VALUES ('platform', NULL), ('user', 3);`,
  down: 'DROP TABLE quotas;',
};
