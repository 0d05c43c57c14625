import { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { RuntimeError } from '../../port/runtime-error.js';
import type { ExecStatus } from './exec-status.js';
import type { Wire } from './wire.js';

/** The longest message that is sent; longer writes are cut. */
const pieceBytes = 64 * 1024;
/** Keeps load balancers and address translation from forgetting a console that is silent. */
const pingMs = 25_000;
/** A protocol without half-close: this long after the writer's end and the last byte, nothing more is expected. */
const lingerMs = 5_000;
/** How long a peer may take to answer a close. */
const closeMs = 2_000;
const clean = new Set([1000, 1001, 1005]);

export type SocketStreamOptions = {
  /** For messages: what was opened. */
  what: string;
  /** Says why a connection broke off; without it, it was lost. */
  explain?: () => Promise<RuntimeError>;
};

/**
 * A WebSocket as a stream, with back-pressure both ways: the socket is not read while nobody reads the stream, and a
 * write is done when the network has taken it.
 */
export class SocketStream extends Duplex {
  /** How the process ended, where there is one; undefined when the stream ends without saying so. */
  readonly ended: Promise<ExecStatus | undefined>;
  /** The same, as soon as it is known. */
  status: ExecStatus | undefined;
  private tellEnd: (status: ExecStatus | undefined) => void = () => undefined;
  private over = false;
  private linger: NodeJS.Timeout | undefined;
  private readonly pings: NodeJS.Timeout;

  constructor(
    private readonly socket: WebSocket,
    private readonly wire: Wire,
    private readonly options: SocketStreamOptions,
  ) {
    super({ allowHalfOpen: false });
    this.ended = new Promise((resolve) => (this.tellEnd = resolve));
    this.pings = setInterval(() => this.ping(), pingMs).unref();
    // The close that follows says the same.
    socket.on('error', () => undefined);
    socket.on('message', this.onMessage);
    socket.once('close', (code) => void this.onClose(code));
    if (socket.readyState !== socket.OPEN) void this.onClose(1006);
  }

  /** A message beside the stream's bytes, such as a terminal's size. Resolves when it is on its way, or of no use. */
  send(message: Buffer): Promise<void> {
    return new Promise((resolve) => this.deliver(message, resolve));
  }

  override _read(): void {
    this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.deliverPieces(chunk, done);
  }

  override _final(done: () => void): void {
    const end = this.wire.end();
    if (end !== undefined) return this.deliver(end, done);
    this.waitForTheRest();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.over = true;
    clearInterval(this.pings);
    clearTimeout(this.linger);
    this.socket.off('message', this.onMessage);
    this.hangUp();
    this.tellEnd(undefined);
    done(error);
  }

  private readonly onMessage = (data: RawData): void => {
    if (this.over || !Buffer.isBuffer(data)) return;
    const { bytes, status, failure } = this.wire.receive(data);
    if (this.linger !== undefined) this.waitForTheRest();
    if (bytes !== undefined && bytes.length > 0 && !this.push(bytes)) this.socket.pause();
    if (failure !== undefined) this.fail(new RuntimeError('unreachable', `${this.options.what}: ${failure}`, true));
    if (status !== undefined) {
      this.status = status;
      this.tellEnd(status);
      this.endReading();
    }
  };

  private async onClose(code: number): Promise<void> {
    if (this.over) return;
    if (clean.has(code)) return this.endReading();
    const error = (await this.options.explain?.()) ?? this.lost();
    if (!this.over) this.fail(error);
  }

  /** Where nobody listens for errors, the stream just closes: a lost console must not end a process. */
  private fail(error: RuntimeError): void {
    if (this.listenerCount('error') > 0) this.destroy(error);
    else this.destroy();
  }

  private lost(): RuntimeError {
    return new RuntimeError('unreachable', `${this.options.what}: the connection was lost.`, true);
  }

  private endReading(): void {
    this.over = true;
    clearInterval(this.pings);
    this.push(null);
    this.hangUp();
    this.tellEnd(undefined);
  }

  private deliverPieces(chunk: Buffer, done: () => void): void {
    const rest = chunk.subarray(pieceBytes);
    const next = rest.length > 0 ? () => this.deliverPieces(rest, done) : done;
    this.deliver(this.wire.encode(chunk.subarray(0, pieceBytes)), next);
  }

  /** What cannot be sent any more is dropped: the reading side learns of the end, and why. */
  private deliver(message: Buffer, done: () => void): void {
    if (this.socket.readyState !== this.socket.OPEN) return done();
    this.socket.send(message, { binary: true }, () => done());
  }

  private waitForTheRest(): void {
    clearTimeout(this.linger);
    this.linger = setTimeout(() => {
      if (this.socket.isPaused) this.waitForTheRest();
      else this.socket.close(1000);
    }, lingerMs).unref();
  }

  private ping(): void {
    if (this.socket.readyState === this.socket.OPEN && this.socket.bufferedAmount === 0) this.socket.ping();
  }

  private hangUp(): void {
    this.socket.close(1000);
    // A paused socket would not hear the answer to its close.
    this.socket.resume();
    setTimeout(() => this.socket.terminate(), closeMs).unref();
  }
}
