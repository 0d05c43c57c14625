import { randomUUID } from 'node:crypto';
import {
  type Capacity,
  FindUserNames,
  GetCapacity,
  ImportLab,
  IssueTicket,
  type Principal,
  type RequestDefinition,
  type RequestOf,
  type ReplyOf,
  type ReplyInputOf,
  RestartSystemSoon,
  StartSessionRequest,
  UpdateLabRequest,
} from '@lab-orchestrator/contracts';
import type { PrivateService } from '@lab-orchestrator/dev';
import { testDatabase, testNats } from '@lab-orchestrator/dev/testing';
import { sampleLab, zipOf } from '@lab-orchestrator/lab-folder/testing';
import { Blobs, EventPublisher, RequestClient, type RunningService, startService } from '@lab-orchestrator/platform';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Clock } from './clock.js';
import { LabConfig } from './config.js';
import { labService } from './lab-service.js';

export const person = (role: Principal['role'], displayName = 'Ada'): Principal => {
  const userId = randomUUID();
  return { userId, username: `u${userId.slice(0, 8)}`, displayName, role, via: 'session' };
};

type Ask = <Request extends z.ZodType, Reply extends z.ZodType>(
  definition: RequestDefinition<string, Request, Reply>,
  request: z.input<Request>,
  principal?: Principal,
) => Promise<z.output<Reply>>;

/** lab-service on its own Postgres and NATS, and what a spec needs around it. */
export interface LabRig {
  service: RunningService;
  natsUrl: string;
  /** The broker, for specs of its faults. */
  nats: Pick<PrivateService, 'kill' | 'restart'>;
  data: DataSource;
  clock: Clock;
  publisher: EventPublisher;
  blobs: Blobs;
  /** What the neighbours were asked, and what they answer. */
  neighbours: Neighbours;
  ask: Ask;
  importLab(owner: Principal, folder?: Record<string, string>): Promise<ReplyOf<typeof ImportLab>>;
  /** Imports a lab and lets everybody see it. @returns its id */
  publicLab(owner: Principal, folder?: Record<string, string>): Promise<string>;
  start(caller: Principal, labId: string): Promise<ReplyOf<typeof StartSessionRequest>>;
  stop(): Promise<void>;
}

export interface Neighbours {
  /** Undefined: the provisioner does not answer. */
  capacity: Capacity | undefined;
  tickets: Array<RequestOf<typeof IssueTicket>>;
  restarts: Array<RequestOf<typeof RestartSystemSoon>>;
  users: Array<{ id: string; username: string; displayName: string }>;
}

export async function startRig(settings: Record<string, string> = {}): Promise<LabRig> {
  const [database, nats] = await Promise.all([testDatabase(), testNats()]);
  const config = LabConfig.parse({
    LAB_NATS_URL: nats.url,
    LAB_DATABASE_URL: database.url,
    LAB_LOG_LEVEL: 'silent',
    LAB_SESSION_SECRET: 'a secret of this spec, and of no other',
    // Specs run the timers themselves.
    LAB_TIMER_INTERVAL_S: '86400',
    ...settings,
  });
  const service = await startService(labService(config));
  const connection = await connect({ servers: nats.url.replace('nats://', '') });
  const neighbours: Neighbours = { capacity: undefined, tickets: [], restarts: [], users: [] };
  answer(connection, neighbours);
  const client = service.app.get(RequestClient);
  const blobs = service.app.get(Blobs);
  const ask: Ask = (definition, request, principal) =>
    client.call(definition, request, { ...(principal && { principal }), deadlineMs: 100_000 });

  const importLab = async (owner: Principal, folder: Record<string, string> = sampleLab()) => {
    const { key } = await blobs.put('LAB_UPLOADS', stream(zipOf(folder)), { maxBytes: 2 ** 27 });
    return ask(ImportLab, { archive: key }, owner);
  };
  return {
    service,
    natsUrl: nats.url,
    nats,
    data: service.app.get(DataSource),
    clock: service.app.get(Clock),
    publisher: service.app.get(EventPublisher),
    blobs,
    neighbours,
    ask,
    importLab,
    async publicLab(owner, folder) {
      const { lab } = await importLab(owner, folder);
      await ask(UpdateLabRequest, { labId: lab.id, visibility: 'public' }, owner);
      return lab.id;
    },
    start: (caller, labId) => ask(StartSessionRequest, { labId }, caller),
    async stop() {
      await service.stop();
      await connection.close();
      await nats.stop();
      await database.drop();
    },
  };
}

export async function* stream(content: Uint8Array) {
  yield content;
}

/** Stands where provisioner, console-service and auth-service would answer: they are not part of these specs. */
function answer(connection: NatsConnection, neighbours: Neighbours) {
  const on = <R extends RequestDefinition>(
    { subject }: R,
    reply: (request: RequestOf<R>) => ReplyInputOf<R> | undefined,
  ) =>
    connection.subscribe(subject, {
      callback: (_, message) => {
        const value = reply(message.json<RequestOf<R>>());
        if (value !== undefined) message.respond(JSON.stringify({ value }));
      },
    });
  on(GetCapacity, () => neighbours.capacity);
  on(IssueTicket, (request) => {
    neighbours.tickets.push(request);
    return { url: 'ws://console.test', protocol: request.kind, ticket: 'one-use', expiresInS: 30 };
  });
  on(RestartSystemSoon, (request) => {
    neighbours.restarts.push(request);
    return { accepted: true } as const;
  });
  on(FindUserNames, ({ userIds }) => ({ users: neighbours.users.filter(({ id }) => userIds.includes(id)) }));
}

/** Room for everything. */
export const wideCapacity = (cpus = 1000, memoryGiB = 1000): Capacity => ({
  cpus: { total: cpus, free: cpus },
  memoryBytes: { total: memoryGiB * 2 ** 30, free: memoryGiB * 2 ** 30 },
  labCpus: { total: cpus * 4, free: cpus * 4 },
  nodes: [],
  features: {
    vms: true,
    kvm: false,
    forwarding: true,
    internet: true,
    userNamespaces: true,
    snapshots: false,
    freezesContainers: true,
  },
});
