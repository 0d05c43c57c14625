import { setTimeout as sleep } from 'node:timers/promises';
import { ConsoleControl, type ConsoleTicket } from '@lab-orchestrator/contracts';
import { WebSocket } from 'ws';
import { origin } from './console-fixture.js';

/** A browser tab at a console, as far as the wire can tell. */
export class ConsoleClient {
  private text = '';
  readonly controls: ConsoleControl[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.text += data.toString('utf8');
      else this.controls.push(ConsoleControl.parse(JSON.parse(data.toString('utf8'))));
    });
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    socket.on('error', () => undefined);
  }

  static async open(port: number, ticket: ConsoleTicket, from = origin): Promise<ConsoleClient> {
    const protocols = [`lab.${ticket.protocol}`, `ticket.${ticket.ticket}`];
    const socket = new WebSocket(`ws://127.0.0.1:${port}/consoles/connect`, protocols, { origin: from });
    const client = new ConsoleClient(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return client;
  }

  type(text: string) {
    this.socket.send(Buffer.from(text), { binary: true });
  }

  tell(control: ConsoleControl) {
    this.socket.send(JSON.stringify(control));
  }

  /** Waits until the screen holds the text. */
  async sees(text: string, timeoutMs = 30_000) {
    const deadline = Date.now() + timeoutMs;
    while (!this.text.includes(text)) {
      if (Date.now() > deadline) throw new Error(`"${text}" did not appear in: ${this.text.slice(-500)}`);
      await sleep(20);
    }
  }

  get screen() {
    return this.text;
  }

  close() {
    this.socket.close();
    return this.closed;
  }
}
