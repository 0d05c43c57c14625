import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetInstructionsRequest,
  GetLabFolder,
  GetSessionFacts,
  type Principal,
  type RequestDefinition,
} from '@lab-orchestrator/contracts';
import { freePort, startNats, startPostgres } from '@lab-orchestrator/dev';
import { Blobs, type RequestClient } from '@lab-orchestrator/platform';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { checkout } from '../../../tools/setup/checkout.mjs';

export interface Learner {
  sessionId: string;
  principal: Principal;
}
export type InstructionPlatform = Awaited<ReturnType<typeof startInstructions>>;
/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

export const stepId = (n: number) => `s${n}`;

/** The instruction service in its own process, on a private Postgres and NATS, with a lab of many steps. */
export async function startInstructions({ steps, learners }: { steps: number; learners: number }) {
  const undo = new AsyncDisposableStack();
  const [postgres, nats] = await Promise.all([startPostgres({ durable: true }), startNats()]);
  undo.defer(() => nats.stop());
  undo.defer(() => postgres.stop());
  const connection = await connect({ servers: nats.url.replace('nats://', '') });
  undo.defer(() => connection.close());
  const labId = crypto.randomUUID();
  const people = Array.from({ length: learners }, (_, n) => learnerOf(n));
  await beLabService(connection, labId, people, steps);
  const running = await startService({ LAB_NATS_URL: nats.url, LAB_DATABASE_URL: postgres.url });
  undo.defer(async () => {
    running.kill('SIGTERM');
    if (running.exitCode === null) await once(running, 'exit');
  });
  return {
    connection,
    people,
    open: (requests: RequestClient, { sessionId, principal }: Learner) =>
      requests.call(GetInstructionsRequest, { sessionId }, { principal, deadlineMs: 30_000 }),
    cpuSeconds: () => cpuSecondsOf(running.pid ?? 0),
    [Symbol.asyncDispose]: () => undo.disposeAsync(),
  };
}

const learnerOf = (n: number): Learner => ({
  sessionId: crypto.randomUUID(),
  principal: {
    userId: crypto.randomUUID(),
    username: `learner${n}`,
    displayName: `Learner ${n}`,
    role: 'learner',
    via: 'session',
  },
});

async function startService(env: Record<string, string>) {
  const port = await freePort();
  const service = spawn(process.execPath, ['dist/main.js'], {
    cwd: join(checkout, 'services/instruction-service'),
    env: { ...process.env, ...env, LAB_LOG_LEVEL: 'error', NODE_ENV: 'production', LAB_HEALTH_PORT: String(port) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (;;) {
    if (service.exitCode !== null)
      throw new Error('The instruction service does not start; is it built (npm run build)?');
    const health = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
    if (health?.ok) return service;
    await sleep(50);
  }
}

/** Lab-service is not what is measured: this answers in its place, from memory. */
async function beLabService(connection: NatsConnection, labId: string, people: Learner[], steps: number) {
  const page = Array.from(
    { length: steps },
    (_, n) => `:::step{#${stepId(n)} title="Step ${n}" points=1}\n::tick\n:::\n`,
  );
  const text = Buffer.from(page.join('\n'));
  const { key: blob } = await new Blobs(connection, { replicas: 1 }).put('LAB_FILES', chunksOf(text), {
    maxBytes: 2 ** 20,
  });
  const owners = new Map(people.map(({ sessionId, principal }) => [sessionId, principal]));
  const createdAt = new Date().toISOString();
  answer(connection, GetLabFolder, () => ({
    digest: 'bench',
    languages: ['en'],
    instructions: 'pages',
    systems: [],
    variables: [],
    files: [{ path: 'pages/en/01-steps.md', sizeBytes: text.length, blob }],
  }));
  answer(connection, GetSessionFacts, (request) => {
    const { sessionId } = GetSessionFacts.request.parse(request);
    const owner = owners.get(sessionId);
    return {
      sessionId,
      labId,
      version: 1,
      ownerId: owner?.userId,
      ownerName: owner?.displayName,
      labOwnerId: crypto.randomUUID(),
      members: [],
      generation: 1,
      phase: 'ready',
      createdAt,
    };
  });
}

function answer(connection: NatsConnection, { subject }: RequestDefinition, reply: (request: unknown) => unknown) {
  connection.subscribe(subject, {
    callback: (_, message) => void message.respond(JSON.stringify({ value: reply(message.json()) })),
  });
}

function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function* chunksOf(content: Uint8Array) {
  yield content;
}
