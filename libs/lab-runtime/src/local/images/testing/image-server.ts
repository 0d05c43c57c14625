import { createHash } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';

/** A web server with images on it, and with all the ways in which such servers fail. */
export class ImageServer {
  readonly requests = new Map<string, number>();
  private readonly files = new Map<string, Buffer>();
  private readonly redirects = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {
    server.on('request', (request, response) => this.answer(request, response));
  }

  static async start(): Promise<ImageServer> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port.');
    return new ImageServer(server, address.port);
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  sha256(bytes: Buffer): string {
    return createHash('sha256').update(bytes).digest('hex');
  }

  serve(path: string, bytes: Buffer): void {
    this.files.set(path, bytes);
  }

  redirect(path: string, location: string): void {
    this.redirects.set(path, location);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.requests.set(path, (this.requests.get(path) ?? 0) + 1);
    const location = this.redirects.get(path);
    if (location !== undefined) return void response.writeHead(302, { location }).end();
    const bytes = this.files.get(path);
    if (bytes) return void response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    switch (path) {
      case '/broken':
        return void response.writeHead(503).end();
      case '/silent':
        return void response.writeHead(200, { 'content-length': 1000 }).write('some');
      case '/cut':
        response.writeHead(200, { 'content-length': 1000 }).write('some');
        return void setTimeout(() => response.destroy(), 20);
      case '/announced':
        return void response.writeHead(200, { 'content-length': 200_000 }).write('some');
      case '/endless':
        return this.drip(response, Buffer.alloc(16_384), 1);
      case '/slow':
        return this.drip(response, Buffer.from('.'), 50);
      default:
        return void response.writeHead(404).end();
    }
  }

  private drip(response: ServerResponse, piece: Buffer, everyMs: number): void {
    const timer = setInterval(() => response.write(piece), everyMs);
    response.once('close', () => clearInterval(timer));
  }
}
