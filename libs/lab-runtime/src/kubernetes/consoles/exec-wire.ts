import { closeFrame, execChannel, frameOf, readFrame } from './channel-frames.js';
import { readExecStatus } from './exec-status.js';
import type { Received, Wire } from './wire.js';

/** Longest status that is read: the server sends a small object, in one piece. */
const maxStatusBytes = 64 * 1024;

/** Pod exec, `v5.channel.k8s.io`. Standard output is for the reader, standard error for `onStderr`. */
export class ExecWire implements Wire {
  constructor(private readonly onStderr: (bytes: Buffer) => void = () => undefined) {}

  encode(bytes: Buffer): Buffer {
    return frameOf(execChannel.stdin, bytes);
  }

  end(): Buffer {
    return closeFrame(execChannel.stdin);
  }

  receive(message: Buffer): Received {
    const frame = readFrame(message);
    if (frame === undefined || 'closed' in frame) return {};
    switch (frame.channel) {
      case execChannel.stdout:
        return { bytes: frame.bytes };
      case execChannel.stderr:
        this.onStderr(frame.bytes);
        return {};
      case execChannel.status:
        return { status: readExecStatus(frame.bytes.subarray(0, maxStatusBytes).toString()) };
      default:
        return {};
    }
  }
}
