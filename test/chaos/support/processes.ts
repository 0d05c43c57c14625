import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const read = (pid: string, what: 'cmdline' | 'environ' | 'stat') => {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

/** Folder and command line of a process, empty once it is gone. */
function commandOf(pid: string): string {
  try {
    return `${readlinkSync(`/proc/${pid}/cwd`)} ${read(pid, 'cmdline')}`;
  } catch {
    return '';
  }
}

const parentOf = (pid: string) => read(pid, 'stat').split(') ').at(-1)?.split(' ')[1] ?? '';

/** Processes of this one installation: its data folder stands in their command, their environment, or their launcher's command. */
export function processesOf(data: string, command: RegExp): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && command.test(commandOf(name)))
    .filter((pid) =>
      [read(pid, 'cmdline'), read(pid, 'environ'), read(parentOf(pid), 'cmdline')].some((text) => text.includes(data)),
    )
    .map(Number);
}

/** Ends a part of the installation at once, as a crash does. @returns how many processes there were */
export function crash(data: string, command: RegExp): number {
  const pids = processesOf(data, command);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in the meantime.
    }
  }
  return pids.length;
}

/** Waits until the part runs again, with other process ids. */
export async function comesBack(data: string, command: RegExp, before: number[], timeoutMs = 60_000) {
  const deadline = Date.now() + timeoutMs;
  while (!processesOf(data, command).some((pid) => !before.includes(pid))) {
    if (Date.now() > deadline) throw new Error(`${command} did not come back`);
    await sleep(200);
  }
}

export const parts = {
  provisioner: /services\/provisioner .*dist\/main\.js/,
  labService: /services\/lab-service .*dist\/main\.js/,
  consoleService: /services\/console-service .*dist\/main\.js/,
  postgres: /postgres .*-D/,
  nats: /nats-server/,
  redis: /redis-server/,
  engine: /podman .*system service/,
} as const;

const service = (name: string) => new RegExp(`services/${name} .*dist/main\\.js`);

/** Every service and every store; labs themselves live on in the engine. */
export const everyPart: Record<string, RegExp> = {
  gateway: service('gateway'),
  instructionService: service('instruction-service'),
  labService: parts.labService,
  authService: service('auth-service'),
  consoleService: parts.consoleService,
  provisioner: parts.provisioner,
  nats: parts.nats,
  postgres: parts.postgres,
  redis: parts.redis,
};

/** Where the broker of the installation listens. */
export function brokerOf(data: string): string {
  const [pid] = processesOf(data, parts.nats);
  const port = /--port (\d+)/.exec(read(String(pid), 'cmdline'))?.[1];
  if (port === undefined) throw new Error('the broker of the product does not run');
  return `127.0.0.1:${port}`;
}
