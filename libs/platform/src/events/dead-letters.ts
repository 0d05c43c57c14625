import { Injectable, Logger } from '@nestjs/common';
import { jetstream, type JsMsg, jetstreamManager, type StoredMsg } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { deadLetterHeaders, eventHeaders } from './event-headers.js';
import { DEAD_LETTER_STREAM } from './streams.js';

export interface DeadLetter {
  readonly sequence: number;
  readonly consumer: string;
  readonly subject: string;
  readonly eventId: string;
  readonly error: string;
  readonly deliveries: number;
  readonly time: Date;
}

const maxErrorLength = 500;

/** Events that a consumer could not handle: kept 30 days with the reason, to be redriven when it is fixed. */
@Injectable()
export class DeadLetters {
  private readonly logger = new Logger('DeadLetters');

  constructor(private readonly connection: NatsConnection) {}

  /** Stores the message; only then may it be acknowledged. */
  async add(consumer: string, message: JsMsg, error: unknown) {
    const { deliveryCount } = message.info;
    const eventId = message.headers?.get('Nats-Msg-Id') || `seq-${message.seq}`;
    const head = headers();
    head.set(deadLetterHeaders.subject, message.subject);
    head.set(deadLetterHeaders.consumer, consumer);
    head.set(deadLetterHeaders.error, oneLine(error));
    head.set(deadLetterHeaders.deliveries, String(deliveryCount));
    head.set(deadLetterHeaders.eventId, eventId);
    const msgID = `${consumer}:${message.info.stream}:${message.seq}:${eventId}`;
    const subject = `dead-letters.${consumer}.${message.subject}`;
    await jetstream(this.connection).publish(subject, message.data, { headers: head, msgID, timeout: 5_000 });
    this.logger.error({ consumer, subject: message.subject, eventId, deliveryCount, err: error }, 'event given up');
  }

  /** The dead letters of one consumer, or of all. */
  async list(consumer?: string): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    for await (const message of this.stored(consumer)) letters.push(letterOf(message));
    return letters;
  }

  /** Hands the dead letters back to the consumers that gave them up, and to nobody else. Returns how many. */
  async redrive(consumer?: string): Promise<number> {
    const manager = await jetstreamManager(this.connection);
    let count = 0;
    for await (const message of this.stored(consumer)) {
      const letter = letterOf(message);
      const head = headers();
      head.set(eventHeaders.redriveFor, letter.consumer);
      const options = { headers: head, msgID: `redrive:${letter.sequence}:${letter.time.getTime()}`, timeout: 5_000 };
      await manager.jetstream().publish(letter.subject, message.data, options);
      await manager.streams.deleteMessage(DEAD_LETTER_STREAM, letter.sequence);
      count += 1;
    }
    return count;
  }

  /** Everything that is stored now; what arrives while reading is left for the next call. */
  private async *stored(consumer: string | undefined): AsyncGenerator<StoredMsg> {
    const { streams, direct } = await jetstreamManager(this.connection);
    const { state } = await streams.info(DEAD_LETTER_STREAM);
    const filter = consumer ? `dead-letters.${consumer}.>` : 'dead-letters.>';
    let next = state.first_seq;
    while (next <= state.last_seq) {
      const message = await direct.getMessage(DEAD_LETTER_STREAM, { seq: next, next_by_subj: filter });
      if (!message || message.seq > state.last_seq) return;
      yield message;
      next = message.seq + 1;
    }
  }
}

function letterOf({ seq, header, time }: StoredMsg): DeadLetter {
  return {
    sequence: seq,
    consumer: header.get(deadLetterHeaders.consumer),
    subject: header.get(deadLetterHeaders.subject),
    eventId: header.get(deadLetterHeaders.eventId),
    error: header.get(deadLetterHeaders.error),
    deliveries: Number(header.get(deadLetterHeaders.deliveries)),
    time,
  };
}

/** A header is one line of ASCII. */
function oneLine(error: unknown) {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, maxErrorLength);
}
