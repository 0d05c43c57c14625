import type { CloudEvent } from '@lab-orchestrator/contracts';
import { EventFeed, NATS_CONNECTION } from '@lab-orchestrator/platform';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { EventHistory } from './event-history.js';
import { sequenceBefore } from './stream-position.js';

export interface SeenEvent {
  readonly sequence: number;
  readonly event: CloudEvent;
}

export interface HubListener {
  onEvent(seen: SeenEvent): void;
  /** Events may be missing before the next one. */
  onGap(): void;
}

/** What happened shortly before the start is read again: revocations of tokens that still live, and a place to resume. */
const lookBackMs = 11 * 60_000;

/** The one feed of this process: every event once, handed to whoever listens. */
@Injectable()
export class EventHub implements OnApplicationBootstrap, OnModuleDestroy {
  readonly history = new EventHistory();
  private readonly logger = new Logger('EventHub');
  private readonly listeners = new Set<HubListener>();
  private readonly stopped = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly feed: EventFeed,
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
  ) {}

  onApplicationBootstrap() {
    this.running = this.run();
  }

  async onModuleDestroy() {
    this.stopped.abort();
    await this.running;
  }

  /** Returns how to stop listening. */
  listen(listener: HubListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async run() {
    const { signal } = this.stopped;
    const afterSequence = await sequenceBefore(this.connection, new Date(Date.now() - lookBackMs), signal);
    if (signal.aborted) return;
    this.history.beginAfter(afterSequence);
    for await (const item of this.feed.open({ afterSequence, signal })) {
      if (item.kind === 'gap') this.gap(item.why);
      else this.hand(item);
    }
  }

  private hand(seen: SeenEvent) {
    this.history.add(seen);
    for (const listener of this.listeners) listener.onEvent(seen);
  }

  private gap(why: string) {
    this.logger.warn({ why }, 'events may be missing');
    this.history.clear();
    for (const listener of this.listeners) listener.onGap();
  }
}
