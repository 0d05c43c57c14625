import type { IncomingMessage } from 'node:http';
import type { KubeConfig } from '@kubernetes/client-node';
import { type ClientOptions, WebSocket } from 'ws';
import { RuntimeError } from '../../port/runtime-error.js';
import { refusalOf } from './refusal.js';

const handshakeMs = 30_000;
/** Far above what any server sends in one message; a bigger one ends the connection instead of filling memory. */
const maxMessageBytes = 8 * 2 ** 20;
const maxRefusalBytes = 64 * 1024;

export type Dialled = {
  /** Below the API server's address, without the query. */
  path: string;
  query?: URLSearchParams;
  protocol: string;
  /** For messages: what is being opened. */
  what: string;
  signal?: AbortSignal;
};

/**
 * Opens a WebSocket of the API server. It comes back paused, so that nothing that arrives at once is lost.
 * @throws RuntimeError `unreachable` (retryable) while the other side is not there, `insufficient_rights`.
 */
export async function dial(config: KubeConfig, { path, query, protocol, what, signal }: Dialled): Promise<WebSocket> {
  signal?.throwIfAborted();
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new RuntimeError('unreachable', 'The kubeconfig names no cluster.', false);
  const options: ClientOptions = {};
  await config.applyToHTTPSOptions(options);
  const url = `${server.replace(/^http/, 'ws').replace(/\/+$/, '')}${path}${query ? `?${query}` : ''}`;
  const socket = new WebSocket(url, [protocol], {
    ...options,
    handshakeTimeout: handshakeMs,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
  });
  return opened(socket, what, signal);
}

function opened(socket: WebSocket, what: string, signal?: AbortSignal): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      signal?.removeEventListener('abort', aborted);
      socket.on('error', () => undefined).terminate();
      reject(error);
    };
    const aborted = () => fail(signal?.reason);
    signal?.addEventListener('abort', aborted, { once: true });
    socket.once('unexpected-response', (_request, response) => {
      void readRefusal(response).then((body) => fail(refusalOf(response.statusCode ?? 0, body, what)));
    });
    socket.once('error', (cause) =>
      fail(new RuntimeError('unreachable', `${what}: ${cause.message}`, true, { cause })),
    );
    socket.once('open', () => {
      signal?.removeEventListener('abort', aborted);
      socket.removeAllListeners('error').pause();
      resolve(socket);
    });
  });
}

async function readRefusal(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let left = maxRefusalBytes;
  try {
    for await (const chunk of response) {
      if (!Buffer.isBuffer(chunk)) continue;
      chunks.push(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) break;
    }
  } catch {
    // A refusal that is cut short is still a refusal.
  }
  return Buffer.concat(chunks).toString();
}
