/**
 * For people who may only watch a desktop: lets the messages through that ask for pictures, drops those that act
 * (keys, pointer, clipboard, screen size). The client's half of RFB 3.8, security type None (RFC 6143, section 7.5).
 * Unknown messages end the connection: their length is not known, so nothing after them could be trusted.
 */
type Rule = { passes: boolean; length: (bytes: Buffer) => number | undefined };

const fixed = (passes: boolean, bytes: number): Rule => ({ passes, length: () => bytes });
const counted = (passes: boolean, header: number, total: (bytes: Buffer) => number): Rule => ({
  passes,
  length: (bytes) => (bytes.length < header ? undefined : total(bytes)),
});

const qemuLengths: Record<number, number> = { 0: 12, 1: 4 };

const rules: Record<number, Rule> = {
  0: fixed(true, 20), // SetPixelFormat
  2: counted(true, 4, (bytes) => 4 + 4 * bytes.readUInt16BE(2)), // SetEncodings
  3: fixed(true, 10), // FramebufferUpdateRequest
  4: fixed(false, 8), // KeyEvent
  5: fixed(false, 6), // PointerEvent
  6: counted(false, 8, (bytes) => 8 + Math.abs(bytes.readInt32BE(4))), // ClientCutText; negative: extended clipboard
  150: fixed(true, 10), // EnableContinuousUpdates
  248: counted(true, 9, (bytes) => 9 + bytes.readUInt8(8)), // ClientFence
  250: fixed(false, 4), // xvp: power
  251: counted(false, 8, (bytes) => 8 + 16 * bytes.readUInt8(6)), // SetDesktopSize
  255: counted(false, 2, (bytes) => qemuLengths[bytes.readUInt8(1)] ?? Number.NaN), // QEMU: extended keys, audio
};

/** ProtocolVersion (12 bytes), the chosen security type (1) and ClientInit (1) come before the first message. */
const handshakeBytes = 14;
const maxMessageBytes = 1 << 20;

export class UnknownRfbMessage extends Error {}

export class RfbInputFilter {
  private pending: Buffer = Buffer.alloc(0);
  private handshakeLeft = handshakeBytes;
  private toSkip = 0;

  /** The part of `chunk` that a watcher may send on. */
  filter(chunk: Buffer): Buffer {
    const out: Buffer[] = [];
    let rest = chunk;
    if (this.handshakeLeft > 0) {
      const part = Buffer.from(rest.subarray(0, this.handshakeLeft));
      this.handshakeLeft -= part.length;
      // ClientInit: always ask for a shared desktop, so that a watcher cannot push others out.
      if (this.handshakeLeft === 0 && part.length > 0) part[part.length - 1] = 1;
      out.push(part);
      rest = rest.subarray(part.length);
    }
    this.pending = this.pending.length > 0 ? Buffer.concat([this.pending, rest]) : rest;
    this.takeMessages(out);
    return Buffer.concat(out);
  }

  private takeMessages(out: Buffer[]) {
    while (this.pending.length > 0) {
      if (this.toSkip > 0) {
        const skipped = Math.min(this.toSkip, this.pending.length);
        this.toSkip -= skipped;
        this.pending = this.pending.subarray(skipped);
        continue;
      }
      const type = this.pending.readUInt8(0);
      const rule = rules[type];
      if (!rule) throw new UnknownRfbMessage(`RFB message ${type} is not known`);
      const length = rule.length(this.pending);
      if (length === undefined) return;
      if (!Number.isFinite(length) || (rule.passes && length > maxMessageBytes))
        throw new UnknownRfbMessage(`RFB message ${type} has no sane length`);
      if (!rule.passes) {
        this.toSkip = length;
      } else if (this.pending.length < length) {
        return;
      } else {
        out.push(this.pending.subarray(0, length));
        this.pending = this.pending.subarray(length);
      }
    }
  }
}
