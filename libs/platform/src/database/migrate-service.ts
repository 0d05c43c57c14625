import { inboxMigration } from '../inbox/inbox.migration.js';
import { outboxMigration } from '../outbox/outbox.migration.js';
import { migrate, type MigrateOptions } from './migrate.js';

/** Brings a service's schema up to date: the tables that every service has, then its own. */
export const migrateService = ({ url, schema, migrations }: MigrateOptions): Promise<string[]> =>
  migrate({ url, schema, migrations: [outboxMigration, inboxMigration, ...migrations] });
