import type { ConsoleControl } from '@lab-orchestrator/contracts';
import type { Console } from '@lab-orchestrator/lab-runtime';
import type { CloseReason, Viewer } from '../viewers/viewer.js';
import { FairShare } from './fair-share.js';
import { isTakenOver, reopen } from './reopen.js';
import { RingBuffer } from './ring-buffer.js';

export type UpstreamLimits = { screenBytes: number };
export type UpstreamEvents = {
  onEnd: () => void;
  /** Opens the console again when it broke off: for one that shows the same machine afterwards, not for a process. */
  open?: () => Promise<Console>;
};

/**
 * One open console of a system, shared by everyone who watches it. Bytes go to every viewer; it is read no faster than
 * its fastest viewer takes them and no faster than its share, and a viewer that cannot keep up with the others is dropped.
 */
export class Upstream {
  private readonly viewers = new Set<Viewer>();
  private readonly screen: RingBuffer;
  private size: { columns: number; rows: number } | undefined;
  private ended = false;
  private broken = false;
  private readonly share = new FairShare();
  private resting = false;
  private readonly waiting = new Set<() => void>();

  constructor(
    private console: Console,
    limits: UpstreamLimits,
    private readonly events: UpstreamEvents,
  ) {
    this.screen = new RingBuffer(limits.screenBytes);
    this.attach(console);
  }

  get watched() {
    return this.viewers.size > 0;
  }

  add(viewer: Viewer) {
    viewer.tell({ type: 'replay' });
    const screen = this.screen.contents();
    if (screen.length > 0) viewer.send(screen);
    viewer.tell({ type: 'live' });
    this.viewers.add(viewer);
    this.tellViewers();
    // A full-screen program draws itself again when its window changes.
    if (this.screen.incomplete && this.size) void this.redraw(this.size);
  }

  remove(viewer: Viewer) {
    if (!this.viewers.delete(viewer)) return;
    this.tellViewers();
    this.readOn();
  }

  /** @returns false when the system does not take more for now; `drained` tells when it does. */
  write(bytes: Buffer): boolean {
    return this.ended || this.broken || this.console.write(bytes);
  }

  /** Calls back once, when the system takes input again. */
  drained(callback: () => void) {
    this.waiting.add(callback);
  }

  async resize(columns: number, rows: number) {
    this.size = { columns, rows };
    await this.console.resize(columns, rows);
  }

  /** Reads on when somebody takes bytes again. */
  readonly readOn = () => {
    if (!this.resting && this.console.isPaused() && !this.allBehind()) this.console.resume();
  };

  dropHopeless(now: number) {
    for (const viewer of this.viewers) {
      if (viewer.isHopeless(now)) this.drop(viewer);
    }
  }

  closeViewers(matches: (viewer: Viewer) => boolean, reason: CloseReason, text: string) {
    for (const viewer of this.viewers) if (matches(viewer)) viewer.close(reason, text);
  }

  list() {
    return [...this.viewers];
  }

  end(reason: CloseReason, text: string) {
    if (this.ended) return;
    this.ended = true;
    for (const viewer of this.viewers) viewer.close(reason, text);
    this.viewers.clear();
    this.console.destroy();
    this.letType();
    this.events.onEnd();
  }

  private attach(console: Console) {
    console.on('data', (chunk: Buffer) => this.broadcast(chunk));
    console.on('drain', () => this.letType());
    console.once('error', (error) => this.lost(error));
    console.once('close', () => void this.finish(console));
  }

  private letType() {
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const callback of waiting) callback();
  }

  private broadcast(chunk: Buffer) {
    this.screen.push(chunk);
    for (const viewer of this.viewers) viewer.send(chunk);
    const restMs = this.share.spend(chunk.length);
    if (restMs > 0) this.rest(restMs);
    if (this.viewers.size === 0) return;
    if (this.allBehind()) this.console.pause();
    else for (const viewer of this.viewers) if (viewer.isBehind && viewer.isHopeless(Date.now())) this.drop(viewer);
  }

  private rest(forMs: number) {
    if (this.resting) return;
    this.resting = true;
    this.console.pause();
    setTimeout(() => {
      this.resting = false;
      this.readOn();
    }, forMs);
  }

  private allBehind() {
    if (this.viewers.size === 0) return false;
    for (const viewer of this.viewers) if (!viewer.isBehind) return false;
    return true;
  }

  private drop(viewer: Viewer) {
    viewer.close('tooSlow', 'this connection is too slow for what the system prints');
    this.remove(viewer);
  }

  private async redraw({ columns, rows }: { columns: number; rows: number }) {
    await this.console.resize(columns, Math.max(1, rows - 1));
    await this.console.resize(columns, rows);
  }

  private tellViewers() {
    const viewers = [...this.viewers].map(({ ticket }) => ({ name: ticket.user.displayName, mode: ticket.mode }));
    this.tellAll({ type: 'viewers', viewers });
  }

  private tellAll(control: ConsoleControl) {
    for (const viewer of this.viewers) viewer.tell(control);
  }

  private lost(error: unknown) {
    if (isTakenOver(error)) return this.end('takenOver', 'the console was opened elsewhere');
    if (this.events.open === undefined) return this.end('unreachable', 'the system does not answer');
    this.broken = true;
  }

  /** The process ended by itself, or the connection to it was lost. */
  private async finish(console: Console) {
    if (this.ended) return;
    const code = await console.exited.catch(() => undefined);
    if (code === undefined) return this.connectAgain();
    this.tellAll({ type: 'exit', code });
    this.end('gone', 'the program ended');
  }

  /** Viewers stay, and see the machine go on where it was. What they type meanwhile goes nowhere. */
  private async connectAgain() {
    this.broken = true;
    this.letType();
    const { open } = this.events;
    const console = open && (await reopen(open, () => !this.ended && this.watched));
    if (this.ended) return void console?.destroy();
    if (console === undefined) return this.end('unreachable', 'the system does not answer');
    this.console = console;
    this.broken = false;
    this.attach(console);
  }
}
