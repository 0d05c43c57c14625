import { randomInt } from 'node:crypto';
import type { Socket } from 'node:net';
import { z } from 'zod';
import { connectUnix } from './unix-socket.js';

/** Precedes the answer to a sync: everything before it belongs to somebody who asked earlier and went away. */
const sentinel = 0xff;
const newline = 0x0a;

const Answer = z.union([
  z.object({ return: z.unknown() }),
  z.object({ error: z.object({ class: z.string(), desc: z.string() }) }),
]);

export type AgentOptions = {
  /** How long the agent may take to say that it listens. */
  syncTimeoutMs: number;
  /** An answer may have so many bytes; a hostile guest must not fill our memory. */
  maxAnswerBytes: number;
};

/** The guest does not speak, or speaks nonsense: whatever happens inside it, this call has ended. */
export class GuestAgentError extends Error {
  override readonly name = 'GuestAgentError';
}

/**
 * A conversation with the QEMU guest agent inside a VM, over the VM's virtio-serial port. QEMU serves one client at a
 * time; others wait in line. The guest is hostile: answers are bounded, and what does not parse ends the conversation.
 */
export class GuestAgent implements AsyncDisposable {
  private readonly lines = new AnswerLines();
  private failure: Error | undefined;
  private waiting: { resolve(line: string): void; reject(error: Error): void } | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly options: AgentOptions,
  ) {
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new GuestAgentError('The virtual machine closed the connection.')));
  }

  /** Connects and makes sure that what is read from now on answers what is asked from now on. */
  static async connect(path: string, options: AgentOptions): Promise<GuestAgent> {
    const agent = new GuestAgent(await connectUnix(path, options.syncTimeoutMs), options);
    try {
      await agent.sync();
      return agent;
    } catch (error) {
      agent.close();
      throw error;
    }
  }

  /** Runs one command of the agent. @throws GuestAgentError when it refuses, or does not answer in time */
  async ask(execute: string, args: Record<string, unknown>, timeoutMs: number): Promise<unknown> {
    const line = await this.converse(`${JSON.stringify({ execute, arguments: args })}\n`, timeoutMs);
    const answer = Answer.safeParse(parsed(line));
    if (!answer.success) throw new GuestAgentError('The guest agent talks nonsense.');
    if ('error' in answer.data) throw new GuestAgentError(`The guest agent refuses: ${answer.data.error.desc}`);
    return answer.data.return;
  }

  close(): void {
    this.socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  private async sync(): Promise<void> {
    const id = randomInt(2 ** 31);
    this.lines.skipToSentinel();
    // The sentinel ends a half-written line of the one before, too.
    this.socket.write(Buffer.of(sentinel));
    const said = await this.ask('guest-sync-delimited', { id }, this.options.syncTimeoutMs);
    if (said !== id) throw new GuestAgentError('The guest agent talks nonsense.');
  }

  private converse(line: string, timeoutMs: number): Promise<string> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      const late = () => this.fail(new GuestAgentError('The guest agent does not answer.'));
      const timer = setTimeout(late, timeoutMs);
      const settle =
        <T>(done: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          this.waiting = undefined;
          done(value);
        };
      this.waiting = { resolve: settle(resolve), reject: settle(reject) };
      this.socket.write(line);
    });
  }

  private receive(chunk: Buffer): void {
    this.lines.push(chunk);
    if (this.lines.held > this.options.maxAnswerBytes)
      return this.fail(new GuestAgentError('The guest agent sends too much.'));
    const line = this.lines.next();
    if (line !== undefined) this.waiting?.resolve(line);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.waiting?.reject(this.failure);
    this.close();
  }
}

/** Bytes as lines, after the sentinel when one is waited for. */
class AnswerLines {
  private chunks: Buffer[] = [];
  held = 0;
  private skipping = false;

  skipToSentinel(): void {
    this.skipping = true;
  }

  push(chunk: Buffer): void {
    const start = this.skipping ? chunk.indexOf(sentinel) + 1 : 0;
    if (this.skipping && start === 0) return;
    this.skipping = false;
    this.chunks.push(chunk.subarray(start));
    this.held += chunk.length - start;
  }

  next(): string | undefined {
    if (!this.chunks.at(-1)?.includes(newline)) return undefined;
    const all = Buffer.concat(this.chunks);
    const end = all.indexOf(newline);
    this.chunks = [all.subarray(end + 1)];
    this.held = all.length - end - 1;
    return all.toString('utf8', 0, end);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
