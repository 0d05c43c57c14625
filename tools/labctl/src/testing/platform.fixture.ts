import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { apiPrefix, type Lab } from '@lab-orchestrator/contracts';

export const labId = 'a2d1c9e0-8f3b-4f6a-9b57-1c7e5d3a2b44';
const at = '2026-03-02T08:00:00.000Z';
export const lab: Lab = {
  id: labId,
  slug: 'two-hosts',
  title: 'Two hosts',
  summary: '',
  level: 'beginner',
  durationS: 2700,
  tags: [],
  languages: ['en'],
  visibility: 'private',
  archived: false,
  ownerId: labId,
  version: 2,
  systems: [],
  networks: [],
  needs: { cpus: 1, memoryBytes: 1, vms: 0, containers: 1 },
  rules: { deadlineS: 7200, idleS: 1800, extendByS: 1800, extensions: 2, pause: true },
  revision: 5,
  createdAt: at,
  updatedAt: at,
};

export interface Asked {
  /** `GET /labs?limit=200` */
  call: string;
  token: string | undefined;
  body: string;
}

/** Stands where the platform is, over real HTTP: for specs of what labctl asks and makes of the answers. */
export interface StandInPlatform {
  url: string;
  asked: Asked[];
  stop(): void;
}

/** @param answer what a call gets: bytes, or JSON, or undefined for a 404 */
export async function standInPlatform(answer: (call: string) => unknown): Promise<StandInPlatform> {
  const asked: Asked[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const call = await take(request);
    asked.push(call);
    const found = answer(call.call);
    const isFile = found instanceof Uint8Array;
    const type = isFile ? 'application/zip' : 'application/json';
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': type });
    response.end(isFile ? found : JSON.stringify(found ?? { title: 'Not found', status: 404, code: 'not_found' }));
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, stop: () => server.close() };
}

async function take(request: IncomingMessage): Promise<Asked> {
  const path = (request.url ?? '').replace(apiPrefix, '');
  return { call: `${request.method} ${path}`, token: request.headers.authorization, body: await text(request) };
}
