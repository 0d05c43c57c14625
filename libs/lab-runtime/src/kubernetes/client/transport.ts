import type { IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import { request as httpRequest } from 'node:http';
import { createSecureContext } from 'node:tls';
import type { KubeConfig } from '@kubernetes/client-node';

export type ApiRequest = {
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
};

const keepAlive = { keepAlive: true, keepAliveMsecs: 30_000 } as const;

/**
 * HTTP to the API server with the credentials of a KubeConfig. The published client makes a new connection pool for
 * every call (2.0.1), a TLS handshake each; this one keeps connections.
 */
export class Transport {
  private agent: { key: string; agent: Agent } | undefined;

  constructor(
    readonly config: KubeConfig,
    private readonly maxSockets: number,
  ) {}

  /** The answer's head; its body is still to be read. Connection errors reject. */
  async send(wanted: ApiRequest): Promise<IncomingMessage> {
    const server = this.config.getCurrentCluster()?.server;
    if (server === undefined) throw new TypeError('The KubeConfig has no current cluster.');
    const url = new URL(server.replace(/\/$/, '') + wanted.path);
    for (const [name, value] of Object.entries(wanted.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const options: RequestOptions = { method: wanted.method, signal: wanted.signal };
    // Asks for the credentials each time: tokens in files are renewed under us.
    await this.config.applyToHTTPSOptions(options);
    const secure = url.protocol === 'https:';
    options.headers = {
      ...headersOf(options),
      accept: 'application/json',
      'user-agent': 'lab-orchestrator',
      ...(wanted.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(wanted.body)) }),
      ...wanted.headers,
    };
    if (secure && !this.config.getCurrentCluster()?.proxyUrl) options.agent = this.agentFor(options);
    return new Promise((resolve, reject) => {
      const request = (secure ? httpsRequest : httpRequest)(url, options, resolve);
      request.once('error', reject);
      request.end(wanted.body);
    });
  }

  close(): void {
    this.agent?.agent.destroy();
    this.agent = undefined;
  }

  /** One pool per set of certificates. */
  private agentFor(options: RequestOptions): Agent {
    const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = options;
    const id = [ca, cert, key, passphrase, rejectUnauthorized, servername].map(String).join('\n');
    if (this.agent?.key !== id) {
      // Made once: parsed anew for each connection, certificates would hold up a start with its dozen connections.
      const secureContext = createSecureContext(withoutUndefined({ ca, cert, key, pfx, passphrase }));
      const tls = { secureContext, ...withoutUndefined({ rejectUnauthorized, servername }) };
      const agent = new Agent({ ...keepAlive, ...tls, maxSockets: this.maxSockets });
      this.agent = { key: id, agent };
    }
    return this.agent.agent;
  }
}

function headersOf(options: RequestOptions): Record<string, string> {
  return Object.fromEntries(Object.entries(options.headers ?? {}).map(([name, value]) => [name, String(value)]));
}

function withoutUndefined<T extends object>(object: T): Partial<T> {
  const kept: Partial<T> = { ...object };
  for (const [key, value] of Object.entries(object)) if (value === undefined) Reflect.deleteProperty(kept, key);
  return kept;
}

/** Reads an answer to its end. */
export async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
