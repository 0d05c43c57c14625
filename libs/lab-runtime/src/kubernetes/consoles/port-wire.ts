import { frameOf, portChannel, readFrame } from './channel-frames.js';
import type { Received, Wire } from './wire.js';

/** Both channels begin with the port's number, two bytes. */
const headerBytes = 2;
const maxFailure = 500;

/**
 * One port of a pod, `v4.channel.k8s.io` (k8s.io/kubelet, pkg/cri/streaming/portforward/websocket.go). It knows no
 * half-close.
 */
export class PortWire implements Wire {
  private readonly header = { [portChannel.data]: headerBytes, [portChannel.error]: headerBytes };

  encode(bytes: Buffer): Buffer {
    return frameOf(portChannel.data, bytes);
  }

  end(): undefined {
    return undefined;
  }

  receive(message: Buffer): Received {
    const frame = readFrame(message);
    if (frame === undefined || 'closed' in frame) return {};
    if (frame.channel !== portChannel.data && frame.channel !== portChannel.error) return {};
    const bytes = this.withoutHeader(frame.channel, frame.bytes);
    if (bytes.length === 0) return {};
    return frame.channel === portChannel.data ? { bytes } : { failure: bytes.subarray(0, maxFailure).toString() };
  }

  private withoutHeader(channel: 0 | 1, bytes: Buffer): Buffer {
    const header = Math.min(this.header[channel], bytes.length);
    this.header[channel] -= header;
    return bytes.subarray(header);
  }
}
