export { startNats } from './nats/nats.js';
export { freePort } from './network/free-port.js';
export { type PostgresOptions, startPostgres } from './postgres/postgres.js';
export type { PrivateService, PrivateServiceOptions } from './private-service.js';
export { type RedisOptions, startRedis } from './redis/redis.js';
export { isRunning, startTimeOf } from './process/process-identity.js';
export { TiedProcess, type TiedProcessOptions } from './process/tied-process.js';
