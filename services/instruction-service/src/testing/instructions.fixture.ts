import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CloudEvent,
  LabProgressed,
  LabProvisioned,
  type Principal,
  type RequestDefinition,
  type RequestOf,
  RunCommand,
} from '@lab-orchestrator/contracts';
import { testDatabase } from '@lab-orchestrator/dev/testing';
import { type LabRig, startRig, wideCapacity } from '@lab-orchestrator/lab-service/testing';
import { EventFeed, RequestClient, startService, UserError } from '@lab-orchestrator/platform';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { vi } from 'vitest';
import type { z } from 'zod';
import { InstructionConfig } from '../config.js';
import { instructionService } from '../instruction-service.js';
import { labWithPages } from './sample-pages.fixture.js';

type Command = RequestOf<typeof RunCommand>;
type CommandReply = z.input<(typeof RunCommand)['reply']>;

/** The instruction service beside the real lab-service, each with its own database, on one broker. */
export interface Instructions {
  labs: LabRig;
  /** Rows of the service's own database. */
  rows<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** The events of this platform, in their order. */
  events: CloudEvent[];
  systems: Systems;
  /** What the service reads from its environment. */
  env: Record<string, string>;
  ask<Request extends z.ZodType, Reply extends z.ZodType>(
    definition: RequestDefinition<string, Request, Reply>,
    request: z.input<Request>,
    principal?: Principal,
  ): Promise<z.output<Reply>>;
  /** Starts a session of a lab, and lets its systems be ready. */
  session(owner: Principal, labId: string): Promise<string>;
  publish(owner: Principal, folder?: Record<string, string>): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Stands where the console service would run commands in systems, which is not part of these specs: here they run in a
 * folder of this machine that is each system. The console service has specs of its own on a real engine.
 */
export class Systems {
  readonly commands: Command[] = [];
  /** Runs before each command; a problem becomes the answer. */
  before: (command: Command) => Promise<void> = async () => undefined;
  readonly folder = mkdtempSync(join(tmpdir(), 'lab-systems-'));

  async run(command: Command): Promise<CommandReply> {
    this.commands.push(command);
    await this.before(command);
    const [program = 'true', ...args] = command.command;
    return new Promise((resolve) => {
      const options = {
        cwd: this.folder,
        timeout: command.timeoutMs,
        maxBuffer: 10_000_000,
        killSignal: 'SIGKILL',
      } as const;
      const child = execFile(program, args, options, (error, stdout, stderr) => {
        const timedOut = error?.killed === true;
        const exitCode = timedOut ? null : typeof error?.code === 'number' ? error.code : error ? 1 : 0;
        resolve({ exitCode, stdout: stdout.slice(0, command.maxOutputBytes), stderr, timedOut, truncated: false });
      });
      child.stdin?.on('error', () => undefined).end(command.stdin ?? '');
    });
  }
}

/** @param options.start starts the service from its environment; in this process unless told */
export async function startInstructions({ start = startHere }: { start?: StartService } = {}): Promise<Instructions> {
  const [labs, database] = await Promise.all([startRig(), testDatabase()]);
  labs.neighbours.capacity = wideCapacity();
  const env = { LAB_NATS_URL: labs.natsUrl, LAB_DATABASE_URL: database.url, LAB_LOG_LEVEL: 'silent' };
  const service = await start(env);
  const connection = await connect({ servers: labs.natsUrl.replace('nats://', '') });
  const client = new Client({ connectionString: database.url, options: '-c search_path=instruction' });
  await client.connect();
  const systems = new Systems();
  answerCommands(connection, systems);
  const events: CloudEvent[] = [];
  const stopped = new AbortController();
  void follow(labs.service.app.get(EventFeed), events, stopped.signal);
  return {
    labs,
    events,
    systems,
    env,
    rows: async (sql, values) => (await client.query(sql, values)).rows,
    ask: (definition, request, principal) =>
      labs.service.app
        .get(RequestClient)
        .call(definition, request, { ...(principal && { principal }), deadlineMs: 100_000 }),
    publish: (owner, folder = labWithPages()) => labs.publicLab(owner, folder),
    session: async (owner, labId) => {
      const { id: sessionId } = await labs.start(owner, labId);
      await ready(labs, sessionId);
      return sessionId;
    },
    async stop() {
      stopped.abort();
      await service.stop();
      await Promise.all([connection.close(), client.end()]);
      await labs.stop();
      await database.drop();
      rmSync(systems.folder, { recursive: true });
    },
  };
}

type StartService = (env: Record<string, string>) => Promise<{ stop(): Promise<void> }>;
const startHere: StartService = (env) => startService(instructionService(InstructionConfig.parse(env)));

async function follow(feed: EventFeed, events: CloudEvent[], signal: AbortSignal) {
  for await (const item of feed.open({ signal })) if (item.kind === 'event') events.push(item.event);
}

async function ready({ publisher, data }: LabRig, sessionId: string) {
  const at = { sessionId, generation: 1 };
  const addresses: Array<[string, Record<string, string>]> = [
    ['attacker', { lan: '10.1.0.2', dmz: '10.2.0.2' }],
    ['server', { lan: '10.1.0.3' }],
  ];
  const systems = addresses.map(([name, of]) => ({ name, state: 'ready', stage: 'ready', addresses: of }) as const);
  await publisher.publish(LabProgressed, { ...at, systems }, { id: `${sessionId}.1.p` });
  await publisher.publish(LabProvisioned, at, { id: `${sessionId}.1.r` });
  await vi.waitFor(
    async () => {
      const [row] = await data.query<Array<{ phase: string }>>('SELECT phase FROM sessions WHERE id = $1', [sessionId]);
      if (row?.phase !== 'ready') throw new Error(`the session is ${row?.phase}`);
    },
    { timeout: 20_000, interval: 30 },
  );
}

function answerCommands(connection: NatsConnection, systems: Systems) {
  connection.subscribe(RunCommand.subject, {
    callback: (_, message) => {
      void systems.run(RunCommand.request.parse(message.json())).then(
        (value) => message.respond(JSON.stringify({ value })),
        (error: unknown) => {
          const { status = 500, code = 'internal_error' } = error instanceof UserError ? error : {};
          message.respond(JSON.stringify({ problem: { title: code, status, code } }));
        },
      );
    },
  });
}
