import { Client, type ClientConfig } from 'pg';
import { DataSource, type DataSourceOptions, type MixedList } from 'typeorm';

export interface DatabaseOptions {
  url: string;
  /** The one schema this service owns. */
  schema: string;
  entities: MixedList<Function>;
  poolSize: number;
  /** Shown in pg_stat_activity. */
  name: string;
}

/** pg may report the end of a connection twice. The second time nobody listens any more, which would end the process. */
class PooledClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** Limits that keep one stuck statement from holding locks for ever. */
const timeouts = { statement_timeout: 15_000, lock_timeout: 5_000, idle_in_transaction_session_timeout: 30_000 };

/** TypeORM on a pool of pg connections whose search path is the service's schema. The schema is changed by migrations only. */
export function createDataSource({ url, schema, entities, poolSize, name }: DatabaseOptions): DataSource {
  const options: DataSourceOptions = {
    type: 'postgres',
    url,
    schema,
    entities: [...(Array.isArray(entities) ? entities : Object.values(entities))],
    synchronize: false,
    migrationsRun: false,
    logging: false,
    applicationName: name,
    poolSize,
    connectTimeoutMS: 5_000,
    // A connection that breaks while it is idle is replaced by the pool; the next query says if the server is away.
    poolErrorHandler: () => undefined,
    extra: { options: `-c search_path=${schema},public`, keepAlive: true, Client: PooledClient, ...timeouts },
  };
  return new DataSource(options);
}
