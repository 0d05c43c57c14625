import { Readable } from 'node:stream';
import type { CloudEvent, Principal } from '@lab-orchestrator/contracts';
import type { HubListener, SeenEvent } from './event-hub.js';

export interface StreamOptions {
  readonly principal: Principal;
  /** Asked for, and allowed; rejects while it cannot be told. */
  readonly shows: (event: CloudEvent) => boolean | Promise<boolean>;
  readonly heartbeatMs: number;
}

/** What a reader may leave unread: a page that does not keep up starts again instead of filling our memory. */
const maxUnreadBytes = 1_048_576;
const maxPending = 5_000;
const retryMs = 2_000;

/** One open connection of Server-Sent Events. */
export class EventStream extends Readable implements HubListener {
  readonly principal: Principal;
  private readonly heartbeat: NodeJS.Timeout;
  private line: Promise<void> = Promise.resolve();
  private pending = 0;
  private position = 0;

  constructor(private readonly options: StreamOptions) {
    super({ highWaterMark: maxUnreadBytes });
    this.principal = options.principal;
    this.heartbeat = setInterval(() => this.write(`: alive\n${idLine(this.position)}\n`), options.heartbeatMs);
    this.write(`retry: ${retryMs}\n\n`);
  }

  /** The reader knows everything up to here. */
  startAt(sequence: number) {
    this.position = sequence;
    this.write(`${idLine(sequence)}\n`);
  }

  onEvent(seen: SeenEvent) {
    if (this.pending >= maxPending) return void this.destroy();
    this.pending += 1;
    // One after the other, because asking for a right takes time and the order must not change.
    this.line = this.line.then(() => this.deliver(seen)).finally(() => (this.pending -= 1));
  }

  onGap() {
    this.line = this.line.then(() => this.write('event: reset\ndata: {}\n\n'));
  }

  override _read() {
    // Events are pushed when they happen.
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void) {
    clearInterval(this.heartbeat);
    callback(error);
  }

  private async deliver({ sequence, event }: SeenEvent) {
    if (this.destroyed) return;
    try {
      if (await this.options.shows(event)) {
        this.write(`event: ${event.type}\n${idLine(sequence)}data: ${JSON.stringify(event)}\n\n`);
      }
    } catch {
      this.write('event: reset\ndata: {}\n\n');
    }
    this.position = sequence;
  }

  private write(text: string) {
    if (this.destroyed) return;
    this.push(text);
    if (this.readableLength > maxUnreadBytes) this.destroy();
  }
}

const idLine = (sequence: number) => `id: ${sequence}\n`;
