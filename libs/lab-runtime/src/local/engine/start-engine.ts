import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { RuntimeError } from '../../port/runtime-error.js';
import { containersConf } from './containers-conf.js';
import { pings } from './engine-client.js';
import { engineFolder, makeRunFolder } from './engine-folders.js';
import { findProgram, readHostFacts } from './host-facts.js';

/** A started engine. `stop()` ends its service; containers keep running and are found again by the next start. */
export type StartedEngine = {
  url: string;
  pid: number;
  /** Is its service still there, also while it ends? */
  runs(): boolean;
  stop(): Promise<void>;
};

const startTimeoutMs = 15_000;
const stopTimeoutMs = 10_000;

/**
 * Starts a private Podman service below `dataDir/engine`, or finds the one that already runs there. It outlives the
 * process that started it, so a crash of the parent costs nothing; call `stop()` to end it.
 */
export async function startEngine(options: { dataDir: string; path?: string }): Promise<StartedEngine> {
  const folder = engineFolder(options.dataDir);
  const socket = join(folder, 'podman.sock');
  // Linux takes 108 bytes, one of them the closing zero.
  if (Buffer.byteLength(socket) > 107) {
    throw new RuntimeError(
      'unsupported',
      `The data folder's path is too long for a socket (${socket}); use a shorter one.`,
      false,
    );
  }
  const url = `unix://${socket}`;
  const pidFile = join(folder, 'pid');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (await pings(url)) return running(url, await readPid(pidFile));

  // Two processes may start at the same time; the second one finds the first one's engine.
  const release = await lock(folder, { stale: 20_000, retries: { retries: 60, minTimeout: 100, maxTimeout: 500 } });
  try {
    if (await pings(url)) return running(url, await readPid(pidFile));
    return await launch(folder, url, options.path ?? process.env['PATH'] ?? '');
  } finally {
    await release();
  }
}

async function launch(folder: string, url: string, path: string): Promise<StartedEngine> {
  const podman = await findProgram('podman', path);
  if (!podman) throw new RuntimeError('unreachable', 'No container engine was found: install Podman or Docker.', false);
  const conf = join(folder, 'containers.conf');
  await writeFile(conf, containersConf(await readHostFacts(path)));
  await rm(join(folder, 'podman.sock'), { force: true });

  const log = openSync(join(folder, 'podman.log'), 'a', 0o600);
  const flags = storageFlags(folder, await makeRunFolder(folder));
  const child = spawn(podman, [...flags, 'system', 'service', '--time=0', url], {
    detached: true,
    // Its container monitors leave files like `oom` where they were started.
    cwd: folder,
    stdio: ['ignore', log, log],
    env: { ...process.env, CONTAINERS_CONF: conf, PATH: `${path}:/usr/sbin:/sbin` },
  });
  closeSync(log);
  await once(child, 'spawn');
  child.unref();
  if (child.pid === undefined) throw new RuntimeError('unreachable', 'Podman did not start.', true);
  await writeFile(join(folder, 'pid'), String(child.pid));
  await answers(url, () => child.exitCode !== null, join(folder, 'podman.log'));
  return running(url, child.pid);
}

/** Everything is the data folder's own: two installations never see each other's containers. */
function storageFlags(folder: string, run: string): string[] {
  const own = { root: 'storage', tmpdir: 'tmp', 'network-config-dir': 'networks' };
  return ['--runroot', run, ...Object.entries(own).flatMap(([flag, name]) => [`--${flag}`, join(folder, name)])];
}

async function answers(url: string, ended: () => boolean, log: string): Promise<void> {
  for (const deadline = Date.now() + startTimeoutMs; Date.now() < deadline; await delay(50)) {
    if (await pings(url)) return;
    if (ended()) break;
  }
  const lines = (await readFile(log, 'utf8')).trim().split('\n').slice(-3).join(' ');
  throw new RuntimeError('unreachable', `Podman did not start: ${lines}`, true);
}

async function readPid(file: string): Promise<number> {
  return Number(await readFile(file, 'utf8').catch(() => '0'));
}

function running(url: string, pid: number): StartedEngine {
  return { url, pid, runs: () => exists(pid), stop: () => stopService(url, pid) };
}

/**
 * Until the process is gone, not only until it does not answer: the last thing that it does is to remove its socket, and
 * by then that could be the socket of the next one.
 */
async function stopService(url: string, pid: number): Promise<void> {
  const isOurs = pid > 0 && (await isPodman(pid));
  if (isOurs) process.kill(pid, 'SIGTERM');
  const runs = async () => (isOurs && exists(pid)) || (await pings(url));
  for (const deadline = Date.now() + stopTimeoutMs; Date.now() < deadline && (await runs()); await delay(50));
}

/** Also while it ends: it has no command line any more then, but is there. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A process id may be used again by a stranger after a crash. */
async function isPodman(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes('podman');
}
