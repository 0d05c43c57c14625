import { ExecWire } from './exec-wire.js';
import type { Received } from './wire.js';

/** A loader may complain before the mark comes; more than this it does not say. */
const maxPreamble = 64 * 1024;

/** Pod exec with a terminal: what comes before the mark is nobody's output. */
export class TerminalWire extends ExecWire {
  /** Resolves when the command begins. */
  readonly started: Promise<void>;
  private tellStart: () => void = () => undefined;
  private preamble: Buffer | undefined = Buffer.alloc(0);

  constructor(private readonly mark: string) {
    super();
    this.started = new Promise((resolve) => (this.tellStart = resolve));
  }

  override receive(message: Buffer): Received {
    const received = super.receive(message);
    if (this.preamble === undefined || received.bytes === undefined) return received;
    const all = Buffer.concat([this.preamble, received.bytes]);
    const at = all.indexOf(this.mark);
    if (at < 0 && all.length <= maxPreamble) {
      this.preamble = all;
      return {};
    }
    this.preamble = undefined;
    this.tellStart();
    return { bytes: at < 0 ? all : all.subarray(at + this.mark.length) };
  }

  /** What was said instead of a start. */
  get complaint(): string {
    return (this.preamble ?? '').toString().trim();
  }
}
