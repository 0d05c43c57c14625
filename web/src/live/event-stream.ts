import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { pause } from './pause.js';

export interface LiveEvent {
  /** Type with its version: `lab.changed.v1`; or `reset`: events were missed, read everything again. */
  type: string;
  data: Record<string, unknown>;
}
interface Options {
  open: (signal: AbortSignal, lastEventId: string | undefined) => Promise<Response>;
  onEvent: (event: LiveEvent, id: string | undefined) => void;
  onConnected?: (connected: boolean) => void;
  /** Waits before another try; ends early when the browser is online again. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  lastEventId?: string | undefined;
}

const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];

/** Reads the live events until the signal ends it: resumes after a break where it stopped. */
export async function readEvents(signal: AbortSignal, options: Options): Promise<void> {
  let lastEventId = options.lastEventId;
  let failures = 0;
  const wait = options.wait ?? pause;
  while (!signal.aborted) {
    try {
      const response = await options.open(signal, lastEventId);
      options.onConnected?.(true);
      // What happened after the page was read and before this is told by nobody: it has no place to go on from.
      if (lastEventId === undefined) options.onEvent({ type: 'reset', data: {} }, undefined);
      for await (const message of messagesOf(response)) {
        failures = 0;
        lastEventId = message.id ?? lastEventId;
        const event = eventOf(message);
        if (event !== undefined) options.onEvent(event, lastEventId);
      }
    } catch {
      // Every cause has the same answer: try again. A browser session that ended aborts the signal.
    }
    if (signal.aborted) return;
    options.onConnected?.(false);
    const delay = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 10_000;
    failures += 1;
    await wait(delay * (0.75 + Math.random() / 2), signal);
  }
}

async function* messagesOf(response: Response): AsyncGenerator<EventSourceMessage> {
  const messages: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => messages.push(message) });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.feed(value);
    yield* messages.splice(0);
  }
}

/** The data of a message is a CloudEvent; a message that is not one is left out. */
export function eventOf(message: EventSourceMessage): LiveEvent | undefined {
  if (message.event === 'reset') return { type: 'reset', data: {} };
  try {
    const envelope: unknown = JSON.parse(message.data);
    if (!isRecord(envelope) || typeof envelope['type'] !== 'string' || !isRecord(envelope['data'])) return undefined;
    return { type: envelope['type'], data: envelope['data'] };
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
