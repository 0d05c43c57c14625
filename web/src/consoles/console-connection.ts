import { consoleCloseCodes } from 'virtual:contract';
import type { ConsoleTicket } from '@lab-orchestrator/contracts';
import { ApiError } from '../api/api-error.js';

export type ConsoleMode = 'control' | 'view';
export type WaitCause = 'lost' | 'offline' | 'unreachable' | 'tooSlow' | 'busy';
export type StopCause = 'takenOver' | 'revoked' | 'gone' | 'exited';
export type ConsoleState =
  | { kind: 'idle' }
  | { kind: 'connecting' }
  | { kind: 'open' }
  /** Tries again by itself at `retryAt`. */
  | { kind: 'waiting'; why: WaitCause; retryAt: number }
  /** Needs a person to decide. */
  | { kind: 'stopped'; why: StopCause; exitCode?: number | null };

interface Options {
  issueTicket: (mode: ConsoleMode) => Promise<ConsoleTicket>;
  /** The WebSocket of a browser, or one that behaves like it. */
  Socket?: typeof WebSocket;
}

/** Wires a new socket, before it opens; gives back what undoes it. */
export type Attach = (socket: WebSocket) => () => void;

const RETRY_MS = [500, 1_000, 2_000, 3_000, 5_000];
/** A connection that lived this long was a good one: the next break starts with the shortest wait again. */
const GOOD_AFTER_MS = 5_000;

const openSocket = ({ url, protocol, ticket }: ConsoleTicket, Socket: typeof WebSocket) => {
  const socket = new Socket(url, [`lab.${protocol}`, `ticket.${ticket}`]);
  socket.binaryType = 'arraybuffer';
  return socket;
};

/** Keeps one console connected: a fresh ticket for each try, growing waits, and a reason for every stop. */
export class ConsoleConnection {
  state: ConsoleState = { kind: 'idle' };
  mode: ConsoleMode = 'control';
  readonly #options: Options;
  readonly #listeners = new Set<() => void>();
  #attach: Attach = () => () => undefined;
  #socket: WebSocket | undefined;
  #detach: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #exitCode: number | null | undefined;
  /** Grows with each start and stop, so that an answer that comes late is left alone. */
  #run = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = (): ConsoleState => this.state;

  get socket(): WebSocket | undefined {
    return this.state.kind === 'open' ? this.#socket : undefined;
  }

  /** Connects, and from then on stays connected. */
  start(mode: ConsoleMode, attach: Attach = this.#attach): void {
    this.mode = mode;
    this.#attach = attach;
    this.#failures = 0;
    addEventListener('online', this.retryNow);
    addEventListener('offline', this.#onOffline);
    void this.#connect();
  }

  stop(): void {
    removeEventListener('online', this.retryNow);
    removeEventListener('offline', this.#onOffline);
    this.#drop();
    this.#set({ kind: 'idle' });
  }

  /** Does not wait for the next try. */
  readonly retryNow = (): void => {
    if (this.state.kind === 'waiting') void this.#connect();
  };

  /** The program behind the console has ended; the close that follows is no break. */
  exited(code: number | null): void {
    this.#exitCode = code;
  }

  /** Too much output waits to be drawn: the screen comes back by a new connection. */
  overflow(): void {
    this.#retry('tooSlow');
  }

  readonly #onOffline = () => {
    if (this.state.kind === 'open' || this.state.kind === 'connecting') this.#retry('offline');
  };

  async #connect(): Promise<void> {
    this.#drop();
    const run = this.#run;
    this.#set({ kind: 'connecting' });
    try {
      const ticket = await this.#options.issueTicket(this.mode);
      if (run === this.#run) this.#open(ticket);
    } catch (error) {
      if (run === this.#run) this.#refused(error);
    }
  }

  #open(ticket: ConsoleTicket) {
    const socket = openSocket(ticket, this.#options.Socket ?? WebSocket);
    let openedAt = 0;
    this.#socket = socket;
    this.#exitCode = undefined;
    this.#detach = this.#attach(socket);
    socket.addEventListener('open', () => {
      if (socket !== this.#socket) return;
      openedAt = Date.now();
      this.#set({ kind: 'open' });
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket !== this.#socket) return;
      if (openedAt > 0 && Date.now() - openedAt > GOOD_AFTER_MS) this.#failures = 0;
      this.#closed(code);
    });
  }

  #closed(code: number) {
    if (this.#exitCode !== undefined) return this.#halt('exited', this.#exitCode);
    switch (code) {
      case consoleCloseCodes.takenOver:
        return this.#halt('takenOver');
      case consoleCloseCodes.revoked:
        return this.#halt('revoked');
      case consoleCloseCodes.gone:
        return this.#halt('gone');
      case consoleCloseCodes.tooSlow:
        return this.#retry('tooSlow');
      case consoleCloseCodes.unreachable:
        return this.#retry('unreachable');
      default:
        return this.#retry(navigator.onLine ? 'lost' : 'offline');
    }
  }

  #refused(error: unknown) {
    if (!(error instanceof ApiError)) return this.#retry('lost');
    if (error.status === 401 || error.status === 403) return this.#halt('revoked');
    if (error.status === 404) return this.#halt('gone');
    if (error.status === 0) return this.#retry('lost');
    return this.#retry(error.status === 409 ? 'unreachable' : 'busy', error.retryAfterS);
  }

  #retry(why: WaitCause, retryAfterS = 0) {
    this.#drop();
    const delay = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 0;
    this.#failures += 1;
    // Spread out: a server that restarts is not met by a whole class at the same instant.
    const wait = Math.max(retryAfterS * 1_000, delay * (0.75 + Math.random() / 2));
    this.#set({ kind: 'waiting', why, retryAt: Date.now() + wait });
    this.#timer = setTimeout(this.retryNow, wait);
  }

  #halt(why: StopCause, exitCode?: number | null) {
    this.#drop();
    this.#set({ kind: 'stopped', why, ...(exitCode !== undefined && { exitCode }) });
  }

  #drop() {
    this.#run += 1;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#detach?.();
    this.#detach = undefined;
    socket?.close();
  }

  #set(state: ConsoleState) {
    this.state = state;
    for (const listener of this.#listeners) listener();
  }
}
