import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dial } from '../network/dial.js';
import type { PrivateService, PrivateServiceOptions } from '../private-service.js';
import { findProgram, requireProgram } from '../programs.js';
import { runServer } from '../server-process.js';

const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;

/** A private NATS server with JetStream, its streams kept in the data folder. */
export function startNats(options: PrivateServiceOptions = {}): Promise<PrivateService> {
  const program = requireProgram(findProgram('nats-server'), 'nats-server', 'nats-server');
  return runServer('nats', options, async (folder) => {
    const store = join(folder, 'jetstream');
    const settings = join(folder, 'nats.conf');
    await mkdir(store, { recursive: true });
    await writeFile(settings, settingsFor(store));
    return {
      name: 'NATS',
      stopSignal: 'TERM',
      command: (port) => [program, '--config', settings, '--addr', '127.0.0.1', '--port', String(port)],
      answers: (port) => dial(port, 'CONNECT {"verbose":false}\r\nPING\r\n', 'PONG'),
      url: (port) => `nats://127.0.0.1:${port}`,
    };
  });
}

function settingsFor(store: string): string {
  return `max_payload: ${MAX_PAYLOAD_BYTES}\njetstream { store_dir: "${store}" }\n`;
}
