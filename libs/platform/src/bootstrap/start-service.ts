import { type DynamicModule, Logger, Module } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Delivery } from '../events/delivery.js';
import { EventConsumer } from '../events/event-consumer.js';
import type { EventRoute } from '../events/event-route.js';
import { Health } from '../health/health.js';
import { InternalServer } from '../health/internal-server.js';
import { createLogger } from '../logging/create-logger.js';
import { NestLogger } from '../logging/nest-logger.js';
import { NatsTransport } from '../messaging/nats-transport.js';
import { RequestServer } from '../messaging/request-server.js';
import { Metrics } from '../metrics/metrics.js';
import { startTelemetry } from '../telemetry/telemetry.js';
import { createHttpApplication } from './http-door.js';
import { PlatformModule } from './platform.module.js';
import { closePlatform, openPlatform, type PlatformParts } from './platform-parts.js';
import type { ServiceDefinition } from './service-definition.js';

/** A service that runs in this process. */
export interface RunningService {
  /** For tests: `service.get(SessionsService)`. */
  readonly app: INestApplicationContext;
  readonly parts: PlatformParts;
  /** Where HTTP and the internal door listen, when they do. */
  readonly httpPort: number | undefined;
  readonly healthPort: number | undefined;
  /** Takes nothing new, finishes what is held, closes in order. */
  stop(): Promise<void>;
}

/** A process that dies gives its events back after this time; one that lives asks for more. */
const ackWaitMs = 10_000;
const defaultRetryDelaysMs = [1_000, 5_000, 15_000, 30_000];

/** Starts a service and resolves when it takes work. Specs use it as it is; `runService` adds signals and exit codes. */
export async function startService(definition: ServiceDefinition): Promise<RunningService> {
  const { config, name } = definition;
  Logger.overrideLogger(new NestLogger(createLogger({ service: name, level: config.LAB_LOG_LEVEL })));
  const health = new Health();
  const metrics = new Metrics({ service: name });
  const closers: Array<() => Promise<void>> = [];
  const stop = async () => {
    health.stop();
    for (const close of closers.splice(0).toReversed()) await close();
  };
  let started = false;
  health.register('start', () => (started ? Promise.resolve() : Promise.reject(new Error('still starting'))));
  try {
    const telemetry = await startTelemetry(name, config);
    if (telemetry) closers.push(() => telemetry.stop());
    const internal = new InternalServer(health, metrics);
    const healthPort =
      config.LAB_HEALTH_PORT === undefined
        ? undefined
        : await internal.listen(config.LAB_HEALTH_PORT, config.LAB_HEALTH_HOST);
    if (healthPort !== undefined) closers.push(() => internal.close());
    const parts = await openPlatform(definition, health, metrics);
    closers.push(() => closePlatform(parts));
    const transport = transportFor(definition, parts);
    health.register('events', () =>
      transport.isReadingEvents === false ? Promise.reject(new Error('not reading')) : Promise.resolve(),
    );
    const { app, httpPort } = await startApplication(definition, parts, transport, closers);
    parts.database?.relay.start();
    parts.database?.inbox.start();
    started = true;
    new Logger('Start').log({ httpPort, healthPort }, `${name} is ready`);
    return { app, parts, httpPort, healthPort, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

async function startApplication(
  definition: ServiceDefinition,
  parts: PlatformParts,
  strategy: NatsTransport,
  closers: Array<() => Promise<void>>,
) {
  const module = rootModule(definition, parts);
  if (!definition.http) {
    const app = await NestFactory.createMicroservice(module, { strategy, abortOnError: false });
    closers.push(() => app.close());
    await app.listen();
    return { app, httpPort: undefined };
  }
  const { port, host = '127.0.0.1' } = definition.http;
  const app = await createHttpApplication(module, definition.http, parts.metrics);
  closers.push(() => app.close());
  app.connectMicroservice({ strategy });
  await app.startAllMicroservices();
  await app.listen(port, host);
  const address: unknown = app.getHttpServer().address();
  return { app, httpPort: portOf(address) ?? port };
}

function transportFor(definition: ServiceDefinition, { connection, deadLetters, metrics }: PlatformParts) {
  const { name: service, config } = definition;
  const {
    requestConcurrency = 64,
    eventConcurrency: concurrency = 32,
    eventRetryDelaysMs: retryDelaysMs = defaultRetryDelaysMs,
  } = definition;
  const checkReplies = config.NODE_ENV !== 'production';
  const limits = { concurrency: requestConcurrency, maxWaiting: requestConcurrency * 16 };
  return new NatsTransport({
    requests: new RequestServer(connection, { service, ...limits, checkReplies }, metrics),
    consumerFor: (routes: ReadonlyMap<string, EventRoute>) => {
      const delivery = new Delivery(routes, deadLetters, metrics, {
        durable: service,
        concurrency,
        ackWaitMs,
        retryDelaysMs,
      });
      return new EventConsumer(connection, delivery, {
        durable: service,
        concurrency,
        ackWaitMs,
        replicas: config.LAB_NATS_REPLICAS,
      });
    },
  });
}

@Module({})
class RootModule {}

function rootModule({ module }: ServiceDefinition, parts: PlatformParts): DynamicModule {
  return { module: RootModule, imports: [PlatformModule.with(parts), module] };
}

function portOf(address: unknown) {
  const port = typeof address === 'object' && address !== null && 'port' in address ? address.port : undefined;
  return typeof port === 'number' ? port : undefined;
}
