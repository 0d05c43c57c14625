import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** Where pods of the test cluster reach what runs beside it. */
export const nodeAddress = process.env['LAB_NODE_ADDRESS'] ?? '10.250.0.1';

/** A web server with disks on it, as importers want it (HEAD, byte ranges), and with the ways in which such servers fail. */
export class DiskServer {
  /** Requests by path. */
  readonly asked = new Map<string, number>();
  private readonly files = new Map<string, Buffer>();

  private constructor(
    private readonly server: Server,
    private readonly origin: string,
  ) {
    server.on('request', (request, response) => this.answer(request, response));
  }

  static async start(host = nodeAddress): Promise<DiskServer> {
    const server = createServer();
    server.listen(0, host);
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port.');
    return new DiskServer(server, `http://${host}:${address.port}`);
  }

  /** Puts a file there; returns its address and checksum. */
  serve(path: string, bytes: Buffer): { url: string; sha256: string } {
    this.files.set(path, bytes);
    return { url: this.url(path), sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  url(path: string): string {
    return `${this.origin}${path}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.asked.set(path, (this.asked.get(path) ?? 0) + 1);
    const bytes = this.files.get(path);
    if (path === '/broken') return void response.writeHead(500).end();
    if (!bytes) return void response.writeHead(404).end();
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const start = Number(from ?? 0);
    const end = Math.min(bytes.length, to ? Number(to) + 1 : bytes.length);
    const headers = {
      'accept-ranges': 'bytes',
      'content-length': end - start,
      ...(from === undefined ? {} : { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` }),
    };
    response.writeHead(from === undefined ? 200 : 206, headers);
    if (request.method === 'HEAD') return void response.end();
    // The whole of it never comes; its beginning does, so that whoever looks first is content.
    if (path.startsWith('/stalls') && from === undefined) return void response.write(bytes.subarray(0, 1000));
    response.end(bytes.subarray(start, end));
  }
}
