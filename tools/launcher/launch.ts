import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { checkFreeSpace } from './checks/free-space.ts';
import { preferredPort, publicPort } from './checks/ports.ts';
import type { DataFolder } from './data/data-folder.ts';
import { type Engine, openEngine } from './engine/engine.ts';
import { releaseMounts } from './engine/mounts.ts';
import { RunningLabs } from './engine/running-labs.ts';
import { buildBaseImages, type ImageBuild } from './images/base-images.ts';
import type { Options } from './options.ts';
import { type Logins, seed } from './seed/seed.ts';
import { SERVICES, type ServiceName, type Surroundings } from './services/service-list.ts';
import { startService } from './services/services.ts';
import type { SupervisedService } from './services/supervised-service.ts';
import { type Stores, startStores } from './stores/stores.ts';
import { note, type Steps } from './terminal/steps.ts';

export interface Running {
  url: string;
  logins: Logins;
  images: ImageBuild;
}

/** Starts everything in the order of its needs, and leaves on `undo` how to stop it, last started first. */
export async function launch(
  checkout: string,
  options: Options,
  data: DataFolder,
  steps: Steps,
  undo: AsyncDisposableStack,
): Promise<Running> {
  checkFreeSpace(data.path);
  const port = await publicPort(options.port);
  const consolePort = await preferredPort(port + 1);
  const [engine, stores] = await Promise.all([
    steps.run('Container engine', (step) => openEngine(data.runtime, process.env, step)),
    steps.run('PostgreSQL, NATS, Redis', () => startStores(data, process.env)),
  ]);
  const cacheDir = join(checkout, '.cache');
  undo.defer(() => leaveEngine(engine, data, cacheDir));
  undo.use(stores);
  engine.limitations.forEach((sentence) => note(`    ! ${sentence}`));

  const url = process.env['LAB_PUBLIC_URL'] ?? `http://localhost:${port}`;
  const around = surroundings(data, checkout, { engine, stores, url, port, consolePort, cacheDir });
  await steps.run('Services', () => startServices(around, data, checkout, undo));
  const door = `http://127.0.0.1:${port}`;
  await steps.run('Web page', (step) => {
    step.result(url);
    return untilServed(door);
  });
  const images = undo.use(buildBaseImages(checkout, cacheDir, data.log('images'), options.images));
  const logins = await steps.run('Sample labs and people', (step) => seed(door, data, join(checkout, 'labs'), step));
  return { url, logins, images };
}

interface Parts {
  engine: Engine;
  stores: Stores;
  url: string;
  port: number;
  consolePort: number;
  cacheDir: string;
}

function surroundings(data: DataFolder, checkout: string, parts: Parts): Surroundings {
  return {
    databaseUrl: parts.stores.databaseUrl,
    natsUrl: parts.stores.natsUrl,
    redisUrl: parts.stores.redisUrl,
    engineUrl: parts.engine.url,
    instance: data.instance,
    runtimeDir: data.runtime,
    cacheDir: parts.cacheDir,
    webDir: join(checkout, 'web/dist'),
    firstAdminPasswordFile: data.firstAdminPasswordFile,
    authSecret: data.secret('auth-secret'),
    sessionSecret: data.secret('session-secret'),
    publicUrl: parts.url,
    port: parts.port,
    consolePort: parts.consolePort,
  };
}

async function startServices(
  around: Surroundings,
  data: DataFolder,
  checkout: string,
  undo: AsyncDisposableStack,
): Promise<void> {
  const started = new Map<ServiceName, SupervisedService>();
  undo.defer(() => stopInOrder(started));
  for (const name of SERVICES) started.set(name, await startService(name, around, data, checkout));
  await Promise.all([...started.values()].map((service) => service.untilReady()));
}

/** The doors first, so that nobody is let in while the rest goes; then those that finish what they hold. */
async function stopInOrder(started: Map<ServiceName, SupervisedService>): Promise<void> {
  const stop = (names: ServiceName[]) => Promise.all(names.map((name) => started.get(name)?.stop()));
  await stop(['gateway', 'console-service']);
  await stop(['provisioner', 'instruction-service', 'lab-service', 'auth-service']);
}

/** Labs outlive the platform: a restart or an update of it interrupts nobody. */
async function leaveEngine(engine: Engine, data: DataFolder, cacheDir: string): Promise<void> {
  const running = await RunningLabs.on(engine.url, data, cacheDir).then((labs) => labs.count());
  if (running > 0)
    note(`Labs that go on running: ${running}. The next start finds them; "npm run clean" removes them.`);
  await engine.stop();
  if (running === 0) releaseMounts(data.runtime);
}

async function untilServed(origin: string): Promise<void> {
  for (let attempt = 1; attempt < 600; attempt += 1) {
    const answer = await fetch(origin).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`${origin} does not answer with the web page`);
}
