import { createServer, type Server, type ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import type { Metrics } from '../metrics/metrics.js';
import type { Health } from './health.js';

/** The internal door: `/health/live`, `/health/ready`, `/metrics`. Never reachable by users. */
export class InternalServer {
  private readonly logger = new Logger('Internal');
  private readonly server: Server;

  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {
    this.server = createServer((request, response) => {
      this.answer(request.url ?? '/', response).catch((error: unknown) => {
        this.logger.error({ err: error });
        response.destroy();
      });
    });
  }

  /** Returns the port. */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  async close() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(url: string, response: ServerResponse) {
    const [path] = url.split('?');
    if (path === '/health/live') return json(response, 200, { status: 'live' });
    if (path === '/health/ready') {
      const report = await this.health.report();
      return json(response, report.status === 'ready' ? 200 : 503, report);
    }
    if (path === '/metrics') {
      const text = await this.metrics.registry.metrics();
      response.writeHead(200, { 'content-type': this.metrics.registry.contentType }).end(text);
      return;
    }
    return json(response, 404, { status: 'not_found' });
  }
}

function json(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
