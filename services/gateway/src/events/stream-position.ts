import { setTimeout as sleep } from 'node:timers/promises';
import { EVENT_SUBJECTS } from '@lab-orchestrator/contracts';
import { Logger } from '@nestjs/common';
import { DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

const stream = 'LAB_EVENTS';
const pauseMs = 500;

/** The sequence of the last event before `time`. Waits for the broker and for the stream, which others create. */
export async function sequenceBefore(connection: NatsConnection, time: Date, signal: AbortSignal): Promise<number> {
  for (;;) {
    try {
      return await find(connection, time);
    } catch (error) {
      if (signal.aborted) return 0;
      new Logger('EventHub').debug({ err: error }, 'the stream of events is not there yet');
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function find(connection: NatsConnection, time: Date): Promise<number> {
  const { state } = await (await jetstreamManager(connection)).streams.info(stream);
  if (state.messages === 0 || new Date(state.last_ts) < time) return state.last_seq;
  const consumer = await jetstream(connection).consumers.get(stream, {
    filter_subjects: EVENT_SUBJECTS,
    deliver_policy: DeliverPolicy.StartTime,
    opt_start_time: time.toISOString(),
  });
  const first = await consumer.next({ expires: 2_000 });
  return first ? first.seq - 1 : state.last_seq;
}
