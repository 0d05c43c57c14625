import type { ExecStatus } from './exec-status.js';

/** What a message of the other side amounts to. */
export type Received = {
  /** For the reader of the stream. */
  bytes?: Buffer;
  /** How the process ended; nothing comes after it. */
  status?: ExecStatus;
  /** The other side says what went wrong. */
  failure?: string;
};

/**
 * How bytes travel in the messages of one kind of WebSocket. Pure but for what it remembers of the messages before:
 * it never throws, whatever a message holds.
 */
export interface Wire {
  /** The message that carries these bytes. */
  encode(bytes: Buffer): Buffer;
  /** The message that says that no more bytes come; undefined where the protocol knows none. */
  end(): Buffer | undefined;
  receive(message: Buffer): Received;
}
