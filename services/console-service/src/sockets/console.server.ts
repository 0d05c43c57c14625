import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { AppProxy } from '../apps/app-proxy.js';
import { answerPage } from '../apps/app-page.js';
import type { Ticket } from '../tickets/ticket.js';
import type { TicketStore } from '../tickets/ticket.store.js';
import { consoleCloseCodes } from '@lab-orchestrator/contracts';
import { closeAsIdle } from '@lab-orchestrator/platform';
import { consolePath } from './console-path.js';
import { isOwnOrigin, offerOf, refuse } from './handshake.js';

/** The largest single message a browser may send: a big paste, not a flood. */
const maxMessageBytes = 1 << 20;
/** What an app is still answering after this time is cut off when the server closes. */
const finishMs = 3_000;

export type ConsoleServerOptions = { origins: readonly string[]; pingMs: number };

/** The data plane's one listener: WebSockets of consoles, and the web apps of labs. */
export class ConsoleServer {
  private readonly http: Server = createServer((request, response) => {
    const label = this.apps.labelOf(request);
    if (label === undefined) return answerPage(response, 404, 'Nothing here', 'Consoles are opened from a lab.');
    this.apps.serve(request, response, label).catch((error: unknown) => {
      this.onError(error);
      answerPage(response, 503, 'Not reachable right now', 'Try again in a moment.');
    });
  });
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    clientTracking: true,
    handleProtocols: (offered) => [...offered].find((name) => name.startsWith('lab.')) ?? false,
  });
  private readonly alive = new WeakSet<WebSocket>();
  private readonly pings: NodeJS.Timeout;

  constructor(
    private readonly tickets: TicketStore,
    private readonly apps: AppProxy,
    private readonly accept: (socket: WebSocket, ticket: Ticket) => Promise<void>,
    private readonly onError: (error: unknown) => void,
    private readonly options: ConsoleServerOptions,
  ) {
    this.pings = setInterval(() => this.pingAll(), options.pingMs).unref();
    this.http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      this.upgrade(request, socket, head).catch((error: unknown) => {
        this.onError(error);
        refuse(socket, 503, 'Service Unavailable');
      });
    });
  }

  /** @returns the port, which matters when 0 was asked for. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.http.once('error', reject);
      this.http.listen(port, host, () => {
        const address: AddressInfo | string | null = this.http.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  /** Takes no new connections, ends WebSockets at once, and lets apps finish the answers that are on their way. */
  async close() {
    clearInterval(this.pings);
    const closed = new Promise<void>((resolve) => this.http.close(() => resolve()));
    closeAsIdle(this.http, finishMs);
    // WebSockets of apps are no connections of the server any more, but it waits for them.
    this.apps.closeSockets();
    for (const socket of this.sockets.clients) socket.close(1012, 'the console service restarts');
    await closed;
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const label = this.apps.labelOf(request);
    if (label !== undefined) return this.apps.upgrade(request, socket, head, label);
    if ((request.url ?? '').split('?')[0] !== consolePath) return refuse(socket, 404, 'Not Found');
    const { origin } = request.headers;
    if (!isOwnOrigin(origin, this.options.origins)) return refuse(socket, 403, 'Forbidden');
    const offer = offerOf(request);
    if (!offer) return refuse(socket, 400, 'Bad Request');
    const ticket = await this.tickets.redeem(offer.ticket);
    this.sockets.handleUpgrade(
      request,
      socket,
      head,
      (webSocket) => void this.connected(webSocket, ticket, offer.protocol, origin),
    );
  }

  /** A bad ticket is told after the upgrade: browsers show no page the status of a refused one. */
  private async connected(socket: WebSocket, ticket: Ticket | undefined, protocol: string, origin: string | undefined) {
    socket.on('error', () => socket.terminate());
    if (!ticket || protocol !== `lab.${ticket.kind}` || ticket.kind === 'web' || ticket.origin !== origin) {
      return socket.close(consoleCloseCodes.ticket, 'this ticket is not valid, or was used');
    }
    this.alive.add(socket);
    socket.on('pong', () => this.alive.add(socket));
    await this.accept(socket, ticket).catch((error: unknown) => {
      this.onError(error);
      socket.close(consoleCloseCodes.unreachable, 'the system does not answer');
    });
  }

  /** A peer that answered nothing since the last ping is gone; its socket would stay for hours otherwise. */
  private pingAll() {
    for (const socket of this.sockets.clients) {
      if (!this.alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }
}
