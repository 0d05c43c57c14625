import { pause } from '../../live/pause.js';

/** A tick that the server does not know of yet. `id` tells one from a later one of the same step. */
export interface PendingTick {
  readonly id: string;
  readonly stepId: string;
  readonly done: boolean;
}
export type Sent = 'sent' | 'later' | { refused: unknown };

interface Options {
  /** Where ticks outlive a reload. */
  store: { read: () => string | undefined; write: (text: string) => void };
  send: (tick: PendingTick) => Promise<Sent>;
  onRefused: (tick: PendingTick, error: unknown) => void;
  /** One window of the browser sends at a time. */
  exclusively?: (task: () => Promise<void>) => Promise<void>;
  /** Waits before another try; ends early when the network is back or the queue stops. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 30_000];

/**
 * Ticks on their way to the server. They are written down before they are sent and struck off after the server
 * answered, so that none is lost; a repeat of one changes nothing there, so that none counts twice. Of several for one
 * step the last one counts.
 */
export class TickQueue {
  readonly #options: Options;
  readonly #listeners = new Set<() => void>();
  #stopped = new AbortController();
  #ticks: readonly PendingTick[];
  #sending: Promise<void> | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#ticks = parseTicks(options.store.read());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = (): readonly PendingTick[] => this.#ticks;

  readonly add = (stepId: string, done: boolean): void => {
    this.#readAgain();
    this.#set([...this.#ticks.filter((tick) => tick.stepId !== stepId), { id: crypto.randomUUID(), stepId, done }]);
    void this.flush();
  };

  /** Another window has changed what is stored. */
  refresh(): void {
    this.#readAgain();
    this.#tell();
  }

  /** Sends what is left of the last visit, and from then on what is added. */
  start(): void {
    this.#stopped = new AbortController();
    void this.flush();
  }

  /** What waits stays stored for the next time. */
  stop(): void {
    this.#stopped.abort();
  }

  /** Sends what waits; ends when nothing does. */
  flush(): Promise<void> {
    const exclusively = this.#options.exclusively ?? ((task) => task());
    this.#sending ??= Promise.resolve()
      .then(() => exclusively(() => this.#sendAll()))
      .finally(() => {
        this.#sending = undefined;
        // Added, or started again, while the last run was on its way out.
        if (this.#ticks.length > 0 && !this.#stopped.signal.aborted) void this.flush();
      });
    return this.#sending;
  }

  async #sendAll() {
    const { signal } = this.#stopped;
    let failures = 0;
    for (;;) {
      this.#readAgain();
      const [tick] = this.#ticks;
      if (tick === undefined || signal.aborted) return;
      // One after the other: they keep their order.
      // oxlint-disable-next-line no-await-in-loop
      const sent = await this.#options.send(tick);
      if (sent === 'later') {
        const ms = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0;
        failures += 1;
        // oxlint-disable-next-line no-await-in-loop
        await (this.#options.wait ?? pause)(ms, signal);
        continue;
      }
      failures = 0;
      this.#readAgain();
      this.#set(this.#ticks.filter(({ id }) => id !== tick.id));
      if (sent !== 'sent') this.#options.onRefused(tick, sent.refused);
    }
  }

  /** What is stored counts: other windows add to it, too. A browser that stores nothing keeps it in memory. */
  #readAgain() {
    const stored = this.#options.store.read();
    if (stored !== undefined) this.#ticks = parseTicks(stored);
  }

  #set(ticks: readonly PendingTick[]) {
    this.#ticks = ticks;
    this.#options.store.write(JSON.stringify(ticks));
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}

/** Reads what a browser stored, maybe by another version: anything odd counts as nothing. */
export function parseTicks(text: string | undefined): readonly PendingTick[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isTick) : [];
  } catch {
    return [];
  }
}

const isTick = (value: unknown): value is PendingTick =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'stepId' in value &&
  typeof value.stepId === 'string' &&
  'done' in value &&
  typeof value.done === 'boolean';
