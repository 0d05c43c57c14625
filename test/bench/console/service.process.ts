import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { ConsoleConfig, DataPlane } from '@lab-orchestrator/console-service';
import { RequestClient, startService } from '@lab-orchestrator/platform';
import { Redis } from 'ioredis';
import { serveCommands } from '../support/commands.ts';
import { heldBytes } from '../support/held-bytes.ts';
import { socketRuntime } from './socket-runtime.ts';

/** The page that the bench's browsers are on. */
const origin = 'http://localhost:8080';
const [natsUrl = '', redisUrl = '', folder = ''] = process.argv.slice(2);

const config = ConsoleConfig.parse({
  LAB_NATS_URL: natsUrl,
  LAB_REDIS_URL: redisUrl,
  LAB_LOG_LEVEL: 'warn',
  LAB_CONSOLE_PORT: '0',
  LAB_PUBLIC_URL: origin,
  LAB_DATA_DIR: folder,
  LAB_IMAGE_CACHE_DIR: folder,
  // Consoles that nobody watches any more would go on for half an hour, and be counted with the next measurement.
  LAB_CONSOLE_LINGER_S: '1',
});

class BenchModule {}
const redis = new Redis(config.LAB_REDIS_URL);
const openPlane = (requests: RequestClient) => new DataPlane(config, socketRuntime(folder), redis, requests);
const service = await startService({
  name: 'console-service',
  config,
  module: {
    module: BenchModule,
    providers: [{ provide: DataPlane, inject: [RequestClient], useFactory: openPlane }],
  },
});
const plane = service.app.get(DataPlane);
await plane.listen();

const commands = {
  port: () => plane.port ?? 0,
  heldBytes,
  /** A ticket for each console, as lab-service asks for them; each is of a session of its own. */
  tickets: (names: string[]) =>
    Promise.all(
      names.map((system) =>
        plane.tickets.issue({
          sessionId: randomUUID(),
          system,
          access: { name: 'shell', kind: 'terminal', command: ['bash'] },
          kind: 'terminal',
          mode: 'control',
          origin,
          user: { id: randomUUID(), displayName: 'Ada', role: 'learner', familyId: randomUUID() },
        }),
      ),
    ),
};
export type ServiceCommands = typeof commands;
serveCommands(commands);
