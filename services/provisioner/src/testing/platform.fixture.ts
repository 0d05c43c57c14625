import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  EndSession,
  GetImage,
  GetSession,
  GetSessionLog,
  type Image,
  type Principal,
  type Session,
} from '@lab-orchestrator/contracts';
import { type PrivateService, startPostgres, startRedis } from '@lab-orchestrator/dev';
import { specWorker } from '@lab-orchestrator/dev/testing';
import { type LabRig, person, startRig } from '@lab-orchestrator/lab-service/testing';
import { startEngine } from '@lab-orchestrator/lab-runtime';
import { RequestClient, type RunningService, startService } from '@lab-orchestrator/platform';
import { vi } from 'vitest';
import { ProvisionerConfig } from '../config.js';
import { provisioner } from '../provisioner.js';
import { LAB_RUNTIME, type LabRuntime } from '../runtime.provider.js';
import { objectsOf } from './engine-objects.fixture.js';

/** The engine of these specs is kept between runs, so that its images are imported once. */
const cacheDir = resolve(import.meta.dirname, '../../../../.cache');
/** Files that run at the same time have an engine each: they kill it, and remove what they do not know on it. */
const engineDir = join(cacheDir, `platform-test-${specWorker}`);

export interface PlatformOptions {
  /** Sessions and golden disks; a temporary folder unless told. */
  dataDir?: string;
  /** Platforms that run side by side have the engine in common: each removes what it does not know under its own name. */
  instance?: string;
  /** Of the provisioner. */
  settings?: Record<string, string>;
}

/**
 * lab-service and provisioner as they are, on a PostgreSQL, NATS and Redis of their own, which a spec may kill, and on a
 * real engine. Nobody stands in for anything that a start needs.
 */
export class Platform {
  readonly lecturer = person('lecturer', 'Grace');
  readonly learner = person('learner', 'Ada');

  private constructor(
    readonly labs: LabRig,
    readonly postgres: PrivateService,
    readonly redis: PrivateService,
    readonly engine: { kill(): Promise<void>; restart(): Promise<void> },
    readonly dataDir: string,
    private readonly socket: string,
    private readonly service: RunningService,
    private readonly ends: Array<() => Promise<unknown>>,
  ) {}

  static async start({
    dataDir,
    instance = `platform${specWorker}`,
    settings = {},
  }: PlatformOptions = {}): Promise<Platform> {
    const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'lab-platform-')));
    const [postgres, redis, engine] = await Promise.all([
      startPostgres({ durable: true }),
      startRedis(),
      startEngine({ dataDir: engineDir }),
    ]);
    const labs = await startRig({ LAB_DATABASE_URL: postgres.url });
    const config = ProvisionerConfig.parse({
      LAB_NATS_URL: labs.natsUrl,
      LAB_REDIS_URL: redis.url,
      LAB_LOG_LEVEL: 'silent',
      LAB_INSTANCE: instance,
      LAB_DATA_DIR: folder,
      LAB_IMAGE_CACHE_DIR: cacheDir,
      LAB_ENGINE_URL: engine.url,
      LAB_SWEEP_S: '5',
      ...settings,
    });
    const service = await startService(provisioner(config));
    const faults = {
      kill: async () => {
        const { pid } = await startEngine({ dataDir: engineDir });
        process.kill(pid, 'SIGKILL');
      },
      restart: async () => void (await startEngine({ dataDir: engineDir })),
    };
    const ends = [
      () => labs.stop(),
      async () => (await startEngine({ dataDir: engineDir })).stop(),
      () => Promise.all([postgres.stop(), redis.stop()]),
      async () => dataDir ?? rm(folder, { recursive: true, force: true }),
    ];
    return new Platform(labs, postgres, redis, faults, folder, engine.url.replace('unix://', ''), service, ends);
  }

  /** Publishes a lab and starts it. @returns the id of the session */
  async begin(yaml: string, learner: Principal = this.learner): Promise<string> {
    const labId = await this.labs.publicLab(this.lecturer, { 'lab.yaml': yaml });
    return (await this.labs.start(learner, labId)).id;
  }

  get runtime(): LabRuntime {
    return this.service.app.get(LAB_RUNTIME);
  }

  /** As the gateway asks: for five seconds. What was sent over a connection that breaks is never answered. */
  private get ask(): RequestClient {
    return this.labs.service.app.get(RequestClient);
  }

  session(sessionId: string): Promise<Session> {
    return this.ask.call(GetSession, { sessionId }, { principal: this.lecturer });
  }

  /** Waits as somebody who looks at the page; a server that is away for a moment is waited for. */
  reaches(sessionId: string, phase: Session['phase'], timeoutMs = 60_000): Promise<Session> {
    return seen(
      () => this.session(sessionId),
      (session) => session.phase === phase,
      phase,
      timeoutMs,
    );
  }

  image(imageId: string): Promise<Image> {
    return this.ask.call(GetImage, { imageId }, { principal: this.lecturer });
  }

  imageIs(imageId: string, state: Image['state'], timeoutMs = 60_000): Promise<Image> {
    return seen(
      () => this.image(imageId),
      (image) => image.state === state,
      state,
      timeoutMs,
    );
  }

  async logOf(sessionId: string): Promise<string[]> {
    const { items } = await this.ask.call(GetSessionLog, { sessionId }, { principal: this.lecturer });
    return items.map(({ text }) => text);
  }

  /** Ends a session as a person does: again while nobody answers. */
  async end(sessionId: string): Promise<void> {
    const end = () => this.ask.call(EndSession, { sessionId }, { principal: this.lecturer });
    await vi.waitFor(end, { timeout: 60_000, interval: 500 });
    await this.reaches(sessionId, 'ended');
  }

  /** What engine and data folder still hold of a session. */
  async leftOf(sessionId: string): Promise<string[]> {
    const files = await readdir(join(this.dataDir, 'sessions'), { recursive: true }).catch(() => []);
    return [...(await objectsOf(this.socket, sessionId)), ...files.filter((name) => name.includes(sessionId))];
  }

  /** What imports have left behind, finished images and notes about failures aside. */
  async unfinishedImports(): Promise<string[]> {
    const files = await readdir(join(this.dataDir, 'images/disks')).catch(() => []);
    return files.filter((name) => /^\.(import|lock|removed)/.test(name));
  }

  async stop(): Promise<void> {
    await this.service.stop();
    for (const end of this.ends) await end();
  }
}

async function seen<T>(
  look: () => Promise<T>,
  isIt: (it: T) => boolean,
  wanted: string,
  timeoutMs: number,
): Promise<T> {
  let last: T | undefined;
  return vi.waitFor(
    async () => {
      last = await look();
      if (!isIt(last)) throw new Error(`not ${wanted} yet: ${JSON.stringify(last)}`);
      return last;
    },
    { timeout: timeoutMs, interval: 200 },
  );
}
