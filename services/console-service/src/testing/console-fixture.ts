import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AccessSpec,
  CheckViewers,
  type ContainerSystemSpec,
  IssueTicket,
  LabEnded,
  ReportActivity,
  type RequestInputOf,
  type RequestOf,
} from '@lab-orchestrator/contracts';
import { specWorker, testNats, testRedis } from '@lab-orchestrator/dev/testing';
import { createLocalRuntime, startEngine } from '@lab-orchestrator/lab-runtime';
import {
  BaseConfig,
  EventPublisher,
  HandleEvent,
  HandleRequest,
  RequestClient,
  type RunningService,
  startService,
} from '@lab-orchestrator/platform';
import { Controller, Module } from '@nestjs/common';
import { ConsoleConfig } from '../config.js';
import { consoleService } from '../console-service.js';
import { DataPlane } from '../data-plane.js';

export const origin = 'http://localhost:8080';
/** The engine of specs is kept between runs, so that its images are imported once. */
const cacheDir = resolve(import.meta.dirname, '../../../../.cache');
/** Files that run at the same time have an engine each: it is stopped after each of them. */
const instance = `consoles${specWorker}`;

/** The owner of sessions is another service and not part of this one's specs: this peer on the real NATS answers for it. */
@Controller()
class SessionOwner {
  static active: string[] = [];
  static revoked: (viewers: RequestOf<typeof CheckViewers>['viewers']) => number[] = () => [];

  @HandleRequest(ReportActivity)
  report({ sessionId }: RequestOf<typeof ReportActivity>) {
    SessionOwner.active.push(sessionId);
    return {};
  }

  /** The broker keeps events once somebody wants them. */
  @HandleEvent(LabEnded)
  onEnded() {
    return undefined;
  }

  @HandleRequest(CheckViewers)
  check({ viewers }: RequestOf<typeof CheckViewers>) {
    return { revoked: SessionOwner.revoked(viewers) };
  }
}

@Module({ controllers: [SessionOwner] })
class SessionOwnerModule {}

export const owner = SessionOwner;

const shell: AccessSpec = { name: 'shell', kind: 'terminal', command: ['bash', '--norc'] };
const site: AccessSpec = { name: 'site', kind: 'web', port: 8000, path: '/hello' };
const live: AccessSpec = { name: 'live', kind: 'web', port: 8001, path: '/' };
/**
 * The site answers each request with one page; the live app keeps whatever is opened, WebSockets and event streams, and
 * takes its time for one answer.
 */
const answer = String.raw`cat >/tmp/live <<'END'
read -r _ path _
case $path in
  /events) printf 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n' ;;
  /slow) printf 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\n'; sleep 1.5; exec printf done ;;
  *) printf 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n' ;;
esac
exec cat
END
socat TCP-LISTEN:8001,fork,reuseaddr EXEC:'bash /tmp/live' &
while true; do printf 'HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Domain=apps.localhost\r\nContent-Length: 10\r\nConnection: close\r\n\r\nlab page\r\n' | nc -lN 8000 >>/tmp/request; done`;

const system: ContainerSystemSpec = {
  name: 'desk',
  title: 'Desk',
  kind: 'container',
  image: { id: 'terminal', name: 'terminal', kind: 'container', source: { kind: 'builtin', name: 'terminal' } },
  command: ['bash', '-c', answer],
  root: false,
  environment: {},
  files: [],
  networks: ['lan'],
  forwarding: false,
  cpus: 0.5,
  memoryBytes: 128 * 2 ** 20,
  access: [shell, site, live],
  ready: { timeoutS: 60 },
};

export type TicketRequest = RequestInputOf<typeof IssueTicket>;

/** A real lab on a real engine, and the real service in front of it. */
export async function startConsoles() {
  const dataDir = join(cacheDir, `runtime-test-${specWorker}`);
  const [nats, redis, engine] = await Promise.all([testNats(), testRedis(), startEngine({ dataDir })]);
  const runtime = await createLocalRuntime({
    dataDir,
    instance,
    engineUrl: engine.url,
    builtinImages: { cacheDir },
  });
  const sessionId = randomUUID();
  const spec = { sessionId, generation: 1, networks: [{ name: 'lan', internet: false }], systems: [system] };
  while ((await runtime.ensureImage(system.image)).state !== 'ready') await sleep(200);
  await runtime.apply(spec);
  while ((await runtime.observe(spec)).systems.some(({ state }) => state !== 'ready')) await sleep(100);

  const common = { LAB_NATS_URL: nats.url, LAB_LOG_LEVEL: 'silent' };
  const peer = await startService({
    name: 'lab-service',
    config: BaseConfig.parse(common),
    module: SessionOwnerModule,
  });
  const config = ConsoleConfig.parse({
    ...common,
    LAB_REDIS_URL: redis.url,
    LAB_CONSOLE_PORT: '0',
    LAB_PUBLIC_URL: origin,
    LAB_INSTANCE: instance,
    LAB_DATA_DIR: dataDir,
    LAB_IMAGE_CACHE_DIR: cacheDir,
    LAB_ENGINE_URL: engine.url,
    LAB_VIEWER_CHECK_S: '1',
  });
  const service: RunningService = await startService(consoleService(config));

  const ticketFor = (change: Partial<TicketRequest> = {}) =>
    service.app.get(RequestClient).call(IssueTicket, {
      sessionId,
      system: 'desk',
      access: shell,
      kind: 'terminal',
      mode: 'control',
      origin,
      user: { id: randomUUID(), displayName: 'Ada', role: 'learner', familyId: randomUUID() },
      ...change,
    });

  return {
    sessionId,
    shell,
    site,
    live,
    runtime,
    ticketFor,
    port: service.app.get(DataPlane).port ?? 0,
    redisUrl: redis.url,
    service,
    publisher: service.app.get(EventPublisher),
    async stop() {
      await service.stop();
      await peer.stop();
      while (!(await runtime.remove(sessionId)).gone) await sleep(100);
      await runtime.close();
      await engine.stop();
      await Promise.all([nats.stop(), redis.stop()]);
    },
  };
}
export type Consoles = Awaited<ReturnType<typeof startConsoles>>;
