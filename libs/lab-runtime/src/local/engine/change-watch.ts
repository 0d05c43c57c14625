import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import { z } from 'zod';
import { label } from '../names.js';

/** Docker's and Podman's words for what changes a system. A check or a console (`exec`) changes nothing. */
const changes = new Set([
  'start',
  'die',
  'died',
  'stop',
  'kill',
  'oom',
  'pause',
  'unpause',
  'restart',
  'destroy',
  'remove',
]);

const Event = z.looseObject({
  Action: z.string().optional(),
  Actor: z.looseObject({ Attributes: z.record(z.string(), z.string()).optional() }).optional(),
});
const firstRetryMs = 250;
const longestRetryMs = 10_000;

/** Follows the engine's events of one installation, and starts again for ever when they break off. A hint only. */
export class ChangeWatch implements Disposable {
  private readonly ended = new AbortController();

  constructor(
    private readonly engine: Docker,
    private readonly instance: string,
    private readonly onChange: (sessionId: string) => void,
  ) {
    void this.run();
  }

  [Symbol.dispose](): void {
    this.ended.abort();
  }

  private async run(): Promise<void> {
    const { signal } = this.ended;
    for (let retryMs = firstRetryMs; !signal.aborted; retryMs = Math.min(retryMs * 2, longestRetryMs)) {
      try {
        await this.follow(() => (retryMs = firstRetryMs));
      } catch {
        // The engine is away; what happens meanwhile is found by the next observation.
      }
      await delay(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async follow(onEvent: () => void): Promise<void> {
    const { signal } = this.ended;
    const filters = { label: [`${label.instance}=${this.instance}`] };
    const stream = await this.engine.getEvents({ filters: JSON.stringify(filters), abortSignal: signal });
    const readable = new Readable().wrap(stream);
    const stop = () => readable.destroy();
    signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const line of linesOf(readable)) {
        onEvent();
        const sessionId = sessionOf(line);
        if (sessionId !== undefined && !signal.aborted) this.onChange(sessionId);
      }
    } finally {
      signal.removeEventListener('abort', stop);
      readable.destroy();
    }
  }
}

/** Not `readline`: its iterator waits for ever when the stream breaks. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

function sessionOf(line: string): string | undefined {
  try {
    const event = Event.parse(JSON.parse(line));
    return changes.has(event.Action ?? '') ? event.Actor?.Attributes?.[label.session] : undefined;
  } catch {
    return undefined;
  }
}
