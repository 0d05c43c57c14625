import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { KubeConfig } from '@kubernetes/client-node';
import { portOf } from '../../testing/port-of.js';
import { Transport } from '../client/transport.js';
import { configFor } from './stand-in-api.js';

/** What a proxy does to calls while it is set. */
export type Faults = {
  /** Lists are answered with 500. */
  listsFail?: boolean;
  /** Watches are refused with 500. */
  watchesFail?: boolean;
  /** Which events of watches are swallowed; told of each line. */
  swallows?(line: string): boolean;
  /** Paths whose next watch is told that its version is forgotten. */
  forgetOnce?: Set<string>;
};

/** Word by word from an API server. One that is young cannot be brought to say it: it has forgotten nothing yet. */
const tooOld =
  '{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (7563)","reason":"Expired","code":410}}';

export type FaultProxy = {
  config: KubeConfig;
  faults: Faults;
  /** `GET /api/v1/pods?watch`, in the order they came. */
  calls: string[];
  /** Breaks the connections of all watches. */
  cutWatches(): void;
  close(): Promise<void>;
};

/** Stands between a runtime and the real API server, and does what networks and overloaded servers do. */
export async function faultProxy(behind: KubeConfig): Promise<FaultProxy> {
  const transport = new Transport(behind, Infinity);
  const faults: Faults = {};
  const calls: string[] = [];
  const watches = new Set<ServerResponse>();

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://proxy');
    const isWatch = url.searchParams.has('watch');
    calls.push(`${request.method} ${url.pathname}${isWatch ? '?watch' : ''}`);
    const isList = request.method === 'GET' && !isWatch && url.searchParams.has('limit');
    if ((isList && faults.listsFail) || (isWatch && faults.watchesFail)) {
      response.writeHead(500).end('{"kind":"Status","message":"a fault of the test"}');
      return;
    }
    if (isWatch && faults.forgetOnce?.delete(url.pathname)) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(`${tooOld}\n`);
      return;
    }
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(Buffer.from(chunk));
    const { 'content-type': type, accept } = request.headers;
    const answer = await transport.send({
      method: methodOf(request.method),
      path: url.pathname + url.search,
      headers: { ...(type ? { 'content-type': type } : {}), ...(accept ? { accept } : {}) },
      body: body.length > 0 ? Buffer.concat(body).toString() : undefined,
    });
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    if (isWatch) watches.add(response);
    response.once('close', () => {
      watches.delete(response);
      answer.destroy();
    });
    let rest = '';
    for await (const chunk of answer) {
      if (!isWatch) {
        response.write(chunk);
        continue;
      }
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (!faults.swallows?.(line)) response.write(`${line}\n`);
    }
    response.end();
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    config: configFor(`http://127.0.0.1:${portOf(server)}`),
    faults,
    calls,
    cutWatches: () => watches.forEach((watch) => watch.destroy()),
    close: async () => {
      server.closeAllConnections();
      server.close();
      transport.close();
      await once(server, 'close');
    },
  };
}

const methods = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'] as const;

function methodOf(method: string | undefined): (typeof methods)[number] {
  return methods.find((known) => known === method) ?? 'GET';
}
