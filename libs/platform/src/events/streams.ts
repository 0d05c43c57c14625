import { EVENT_SUBJECTS } from '@lab-orchestrator/contracts';
import {
  DiscardPolicy,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';

export const EVENT_STREAM = 'LAB_EVENTS';
export const DEAD_LETTER_STREAM = 'LAB_DEAD_LETTERS';
export const DEAD_LETTER_SUBJECTS = 'dead-letters.>';

const dayMs = 86_400_000;

type Wanted = Partial<StreamConfig> & { name: string; subjects: string[] };

function wantedStreams(replicas: number): Wanted[] {
  const base = { storage: StorageType.File, retention: RetentionPolicy.Limits, num_replicas: replicas };
  return [
    {
      ...base,
      name: EVENT_STREAM,
      subjects: [EVENT_SUBJECTS],
      max_age: nanos(7 * dayMs),
      // A relay that was killed publishes its last batch again within this time.
      duplicate_window: nanos(120_000),
      discard: DiscardPolicy.Old,
    },
    {
      ...base,
      name: DEAD_LETTER_STREAM,
      subjects: [DEAD_LETTER_SUBJECTS],
      max_age: nanos(30 * dayMs),
      discard: DiscardPolicy.Old,
      allow_direct: true,
    },
  ];
}

/** Creates the streams that are missing and brings those that differ up to date. Safe to run at any time, by everyone. */
export async function ensureStreams(manager: JetStreamManager, options: { replicas: number }) {
  for (const wanted of wantedStreams(options.replicas)) await ensureStream(manager, wanted);
}

const readyAttempts = 60;
const readyPauseMs = 500;

/** At start: a broker that has just come up answers before its streams do. */
export async function awaitStreams(connection: NatsConnection, options: { replicas: number }) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ensureStreams(await jetstreamManager(connection), options);
    } catch (error) {
      if (attempt === readyAttempts || connection.isClosed()) throw error;
      await sleep(readyPauseMs);
    }
  }
}

async function ensureStream(manager: JetStreamManager, wanted: Wanted) {
  const existing = await manager.streams.info(wanted.name).catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
  if (!existing) await manager.streams.add(wanted);
  else if (differs(existing.config, wanted)) await manager.streams.update(wanted.name, wanted);
}

function differs(config: StreamConfig, wanted: Wanted) {
  const { max_age, duplicate_window, num_replicas } = wanted;
  return (
    config.max_age !== max_age ||
    config.num_replicas !== num_replicas ||
    (duplicate_window !== undefined && config.duplicate_window !== duplicate_window)
  );
}

/** The stream's birth: another one means that the broker has lost what it held. */
export async function streamCreatedAt(manager: JetStreamManager, stream: string) {
  return (await manager.streams.info(stream)).created;
}

export function isNotFound(error: unknown) {
  return error instanceof Error && 'status' in error && error.status === 404;
}
