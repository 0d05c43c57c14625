import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { KubeConfig } from '@kubernetes/client-node';
import { portOf } from '../../testing/port-of.js';

export type Answer = (request: IncomingMessage & { query: URLSearchParams }, response: ServerResponse) => void;
export type StandInApi = { config: KubeConfig; requests: string[]; close(): Promise<void> };

/** A peer in the place of an API server, for faults that a real one cannot be made to have. Answers as it is told. */
export async function standInApi(answer: Answer): Promise<StandInApi> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    requests.push(`${request.method} ${url.pathname}${url.searchParams.has('watch') ? '?watch' : ''}`);
    answer(Object.assign(request, { query: url.searchParams }), response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    config: configFor(`http://127.0.0.1:${portOf(server)}`),
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A KubeConfig for an address without TLS. */
export function configFor(server: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'stand-in', server, skipTLSVerify: true }, { name: 'nobody' });
  return config;
}

export function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
