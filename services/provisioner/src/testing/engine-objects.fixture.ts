import { get } from 'node:http';
import { json } from 'node:stream/consumers';

/** Containers, networks and volumes of a session, as the engine itself lists them. */
export async function objectsOf(socketPath: string, sessionId: string): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`lab-orchestrator.session=${sessionId}`] }));
  const [containers, networks, volumes] = await Promise.all([
    ask<Array<{ Names: string[] }>>(socketPath, `/containers/json?all=1&filters=${filters}`),
    ask<Array<{ Name: string }>>(socketPath, `/networks?filters=${filters}`),
    ask<{ Volumes: Array<{ Name: string }> | null }>(socketPath, `/volumes?filters=${filters}`),
  ]);
  return [
    ...containers.map(({ Names }) => `container ${Names.join()}`),
    ...networks.map(({ Name }) => `network ${Name}`),
    ...(volumes.Volumes ?? []).map(({ Name }) => `volume ${Name}`),
  ];
}

function ask<T>(socketPath: string, path: string): Promise<T> {
  return new Promise((resolve, reject) => {
    get({ socketPath, path: `/v1.41${path}` }, (response) => {
      json(response).then((body) => resolve(body as T), reject);
    }).once('error', reject);
  });
}
