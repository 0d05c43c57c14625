import type { ConsoleControl } from '@lab-orchestrator/contracts';
import { consoleCloseCodes } from '@lab-orchestrator/contracts';
import type { WebSocket } from 'ws';
import type { Ticket } from '../tickets/ticket.js';
import type { ViewerLimits } from './viewer-limits.js';

export type CloseReason = keyof typeof consoleCloseCodes;

/** One browser tab at a console. Knows how much it has not yet taken, so that nobody buffers for it without limit. */
export class Viewer {
  private stalledSince: number | undefined;
  private onDrain: () => void = () => undefined;
  private readonly onSent = () => {
    if (!this.isBehind) this.onDrain();
  };

  constructor(
    readonly socket: WebSocket,
    readonly ticket: Ticket,
    private readonly limits: ViewerLimits,
  ) {}

  /** Whom to tell when it can take more again. */
  drainsTo(onDrain: () => void) {
    this.onDrain = onDrain;
  }

  get isOpen() {
    return this.socket.readyState === this.socket.OPEN;
  }

  get mayType() {
    return this.ticket.mode === 'control';
  }

  /** More waits for this viewer than it should: whoever reads for it alone had better wait. */
  get isBehind() {
    return this.socket.bufferedAmount > this.limits.behindBytes;
  }

  send(bytes: Buffer) {
    // A callback costs as much as a small piece: only one that falls behind by this piece has to say when it caught up.
    if (this.socket.bufferedAmount + bytes.length > this.limits.behindBytes) this.socket.send(bytes, this.onSent);
    else this.socket.send(bytes);
  }

  tell(control: ConsoleControl) {
    if (this.isOpen) this.socket.send(JSON.stringify(control), { binary: false });
  }

  /** Whether it has been behind for too long, or by too much, to be kept. */
  isHopeless(now: number) {
    if (!this.isBehind) {
      this.stalledSince = undefined;
      return false;
    }
    this.stalledSince ??= now;
    return this.socket.bufferedAmount > this.limits.dropBytes || now - this.stalledSince > this.limits.stallMs;
  }

  close(reason: CloseReason, text: string) {
    this.socket.close(consoleCloseCodes[reason], text);
    // A paused socket would not even hear the answer to its close.
    this.socket.resume();
    // A peer that is gone never answers the close: do not keep its buffer for it.
    setTimeout(() => this.socket.terminate(), this.limits.closeMs).unref();
  }
}
