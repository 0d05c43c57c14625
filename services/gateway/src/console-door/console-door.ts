import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect } from 'node:net';
import { pipeline, type Duplex } from 'node:stream';
import { rawHead } from './raw-head.js';

export interface ConsoleDoorOptions {
  /** Where console-service listens. */
  readonly target: URL;
  readonly appsDomain: string;
}

/**
 * On one machine everything comes through one port: WebSockets of consoles, and lab web apps on their own host names,
 * are handed on to console-service byte by byte. Nothing is parsed here, and back-pressure passes through. In
 * production the ingress sends both to console-service directly, and nothing of this is used.
 */
export class ConsoleDoor {
  constructor(private readonly options: ConsoleDoorOptions) {}

  /** The server in front of Fastify: what belongs to console-service never reaches the API. */
  createServer(api: RequestListener): Server {
    const server = createServer((request, response) => {
      if (this.isLabApp(request)) this.passRequest(request, response);
      else api(request, response);
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (this.isLabApp(request) || request.url?.startsWith('/consoles/')) this.passUpgrade(request, socket, head);
      else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    });
    return server;
  }

  /** Host names below the apps domain are never the platform itself, whatever the path. */
  private isLabApp({ headers: { host = '' } }: IncomingMessage) {
    const name = host.replace(/:\d+$/, '').toLowerCase();
    return name === this.options.appsDomain || name.endsWith(`.${this.options.appsDomain}`);
  }

  private passRequest(request: IncomingMessage, response: ServerResponse) {
    const { hostname, port } = this.options.target;
    const { method, url, rawHeaders } = request;
    const upstream = httpRequest({ hostname, port, method, path: url, headers: rawHeaders, setHost: false });
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
      pipeline(answer, response, () => undefined);
    });
    upstream.on('error', () => {
      if (response.headersSent) return void response.destroy();
      response.writeHead(503, { 'retry-after': '2', 'content-type': 'text/plain', connection: 'close' });
      response.end('This web app cannot be reached now. Please try again.\n');
    });
    response.once('close', () => upstream.destroy());
    request.pipe(upstream);
  }

  private passUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const { hostname, port } = this.options.target;
    const upstream = connect({ host: hostname, port: Number(port || 80), noDelay: true });
    upstream.once('connect', () => {
      upstream.write(rawHead(request));
      upstream.write(head);
      pipeline(socket, upstream, () => upstream.destroy());
      pipeline(upstream, socket, () => socket.destroy());
    });
    upstream.once('error', () => socket.destroy());
    socket.once('error', () => upstream.destroy());
    socket.once('close', () => upstream.destroy());
  }
}
