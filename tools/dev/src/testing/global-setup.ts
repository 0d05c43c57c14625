import { startPostgres } from '../postgres/postgres.js';
import { TEST_POSTGRES_URL } from './test-database.js';

/** One private PostgreSQL for the whole run; each run has its own, so runs side by side never meet. */
export default async function setup(): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  process.env[TEST_POSTGRES_URL] = postgres.url;
  return () => postgres.stop();
}
