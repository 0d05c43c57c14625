import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dial } from '../network/dial.js';
import { passwordIn } from '../password.js';
import type { PrivateService, PrivateServiceOptions } from '../private-service.js';
import { findProgram, requireProgram } from '../programs.js';
import { runServer } from '../server-process.js';

export interface RedisOptions extends PrivateServiceOptions {
  /** Keeps the data over a kill (append-only file). Default: true with a data folder, false without. */
  durable?: boolean;
}

/** A private Redis with the eviction policy that BullMQ needs. */
export function startRedis(options: RedisOptions = {}): Promise<PrivateService> {
  const program = requireProgram(findProgram('redis-server'), 'redis-server', 'redis-server');
  const durable = options.durable ?? options.dataDir !== undefined;
  return runServer('redis', options, async (folder) => {
    const data = join(folder, 'data');
    const password = await passwordIn(folder);
    const settings = join(folder, 'redis.conf');
    await mkdir(data, { recursive: true });
    // In a file, because everybody can read the arguments of a process.
    await writeFile(settings, settingsFor(data, password, durable), { mode: 0o600 });
    return {
      name: 'Redis',
      stopSignal: 'TERM',
      command: (port) => [program, settings, '--port', String(port)],
      answers: (port) => dial(port, `AUTH ${password}\r\nPING\r\n`, '+PONG'),
      url: (port) => `redis://:${password}@127.0.0.1:${port}`,
    };
  });
}

function settingsFor(data: string, password: string, durable: boolean): string {
  return [
    'bind 127.0.0.1',
    `dir "${data}"`,
    `requirepass ${password}`,
    'maxmemory-policy noeviction',
    `appendonly ${durable ? 'yes' : 'no'}`,
    'save ""',
    'daemonize no',
    '',
  ].join('\n');
}
