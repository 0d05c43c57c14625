import { Logger } from '@nestjs/common';
import { ConfigError } from '../config/parse-config.js';
import { migrateService } from '../database/migrate-service.js';
import { whenReachable } from '../database/when-reachable.js';
import { createLogger } from '../logging/create-logger.js';
import { NestLogger } from '../logging/nest-logger.js';
import { type RunningService, startService } from './start-service.js';
import type { ServiceDefinition } from './service-definition.js';

/**
 * The whole main of a service: starts it, stops it on SIGTERM or SIGINT, and ends the process. With the argument
 * `migrate` it only brings the service's schema up to date: an upgrade does that before the first new process starts,
 * so that a change that fails stops the upgrade and nothing else.
 * @param define reads the configuration; an error in it ends the process with the variable's name
 */
export async function runService(define: () => ServiceDefinition, [task] = process.argv.slice(2)): Promise<void> {
  try {
    const definition = define();
    if (task === 'migrate') return await migrateOnly(definition);
    const service = await startService(definition);
    endWith(service, definition.config.LAB_SHUTDOWN_S);
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
    else new Logger('Start').fatal(error);
    process.exit(1);
  }
}

async function migrateOnly({ name, config, database }: ServiceDefinition): Promise<void> {
  Logger.overrideLogger(new NestLogger(createLogger({ service: name, level: config.LAB_LOG_LEVEL })));
  const applied = database === undefined ? [] : await whenReachable(() => migrateService(database));
  new Logger('Migrations').log({ applied }, `${name}: the schema is up to date`);
}

function endWith(service: RunningService, limitS: number) {
  const logger = new Logger('Stop');
  let ending = false;
  const end = (why: string, exitCode: number) => {
    if (ending) return void (exitCode || process.exit(1));
    ending = true;
    logger.log(`stopping: ${why}`);
    setTimeout(() => {
      logger.error(`not finished within ${limitS} s`);
      process.exit(1);
    }, limitS * 1_000).unref();
    service.stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        logger.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('SIGTERM', 0));
  process.on('SIGINT', () => end('SIGINT', 0));
  process.on('uncaughtException', (error) => {
    logger.fatal(error);
    end('uncaught exception', 1);
  });
  // Only a refused password or a closed account ends the connection for good.
  void service.parts.connection.closed().then(() => end('the broker refuses us', 1));
}
