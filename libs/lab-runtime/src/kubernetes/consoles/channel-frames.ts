/**
 * Frames of pod exec and port-forward over a WebSocket: one byte names the channel, the rest are its bytes. With
 * `v5.channel.k8s.io`, `[255, n]` closes channel n.
 * Source: k8s.io/apimachinery, util/remotecommand/constants.go and util/httpstream/wsstream.
 */
export const execChannel = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4 } as const;
export const portChannel = { data: 0, error: 1 } as const;

const closeSignal = 255;

/** One frame as it goes over the wire. */
export function frameOf(channel: number, bytes: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(bytes.length + 1);
  frame[0] = channel;
  frame.set(bytes, 1);
  return frame;
}

/** Says that nothing more comes on a channel; only the fifth version of the protocol knows it. */
export function closeFrame(channel: number): Buffer {
  return Buffer.from([closeSignal, channel]);
}

/** The frame that sizes a terminal. */
export function resizeFrame(columns: number, rows: number): Buffer {
  return frameOf(execChannel.resize, Buffer.from(JSON.stringify({ Width: columns, Height: rows })));
}

export type Frame = { channel: number; bytes: Buffer } | { closed: number };

/** Takes a message apart; an empty one, or a close signal without its channel, is undefined. */
export function readFrame(message: Buffer): Frame | undefined {
  const channel = message[0];
  if (channel === undefined) return undefined;
  if (channel !== closeSignal) return { channel, bytes: message.subarray(1) };
  const closed = message[1];
  return closed === undefined ? undefined : { closed };
}
