import { type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';
import type { ConsoleTicket } from '@lab-orchestrator/contracts';
import { origin } from './console-fixture.js';

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: URLSearchParams;
}

/** A browser tab at a web app of a lab, as far as the wire can tell: names are not looked up, all are served here. */
export class AppClient {
  constructor(private readonly port: number) {}

  async fetch(host: string, path: string, asked: Asked = {}): Promise<Response> {
    return new Promise((resolve, reject) => {
      const outgoing = this.request(host, path, asked);
      outgoing.once('response', (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const status = answer.statusCode ?? 0;
          const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [
            name,
            String(value),
          ]);
          resolve(new Response(status === 303 ? null : Buffer.concat(chunks), { status, headers }));
        });
      });
      outgoing.once('error', reject).end(asked.body?.toString());
    });
  }

  /** Posts the ticket as the lab's page does. */
  enter({ url, ticket }: Pick<ConsoleTicket, 'url' | 'ticket'>, from = origin, more: Record<string, string> = {}) {
    const { host, pathname } = new URL(url);
    const body = new URLSearchParams({ ticket, ...more });
    return this.fetch(host, pathname, { method: 'POST', headers: { origin: from }, body });
  }

  /** The header of somebody who came in. */
  async cookieFor(ticket: ConsoleTicket): Promise<{ cookie: string }> {
    const entered = await this.enter(ticket);
    return { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' };
  }

  /** Opens a WebSocket of the app. */
  upgrade(host: string, path: string, headers: Record<string, string>) {
    return this.open(host, path, { ...headers, connection: 'Upgrade', upgrade: 'websocket' });
  }

  /** The status as soon as it is there, and what follows it, once that has ended. */
  async open(host: string, path: string, headers: Record<string, string>) {
    return new Promise<{ status: number; closed: Promise<string> }>((resolve, reject) => {
      const outgoing = this.request(host, path, { headers });
      const opened = ({ statusCode = 0 }: IncomingMessage, stream: Readable) => {
        let said = '';
        stream.on('data', (chunk: Buffer) => (said += chunk.toString())).on('error', () => undefined);
        const closed = new Promise<string>((done) => stream.once('close', () => done(said)));
        resolve({ status: statusCode, closed });
      };
      outgoing.once('upgrade', opened).once('response', (answer) => opened(answer, answer));
      outgoing.once('error', reject).end();
    });
  }

  private request(host: string, path: string, { method = 'GET', headers, body }: Asked) {
    const form = body && {
      'content-length': String(Buffer.byteLength(body.toString())),
      'content-type': 'application/x-www-form-urlencoded',
    };
    return request({ host: '127.0.0.1', port: this.port, path, method, headers: { host, ...headers, ...form } });
  }
}
