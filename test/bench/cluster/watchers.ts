import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@lab-orchestrator/dev';
import { listen } from '../../../tools/cluster/forward/tcp-proxy.ts';
import { Child } from '../support/child.ts';
import type { ClusterStand } from './stand.ts';
import type { Sighting, WatcherCommands } from './watcher.process.ts';

export const kinds = ['bare', 'ours'] as const;
/** From each change until it was told, in milliseconds. */
export type Delays = Record<(typeof kinds)[number], number[]>;
type Watchers = Record<(typeof kinds)[number], Child<WatcherCommands>>;
type Way = { server: string; tlsServerName: string };

/** A restart of a small control plane takes about so long. */
export const awayMs = 15_000;
/** Until what was told last has arrived. */
const restMs = 3_000;

/** Each contender in a process of its own. */
export async function openWatchers(stand: ClusterStand, way?: Way): Promise<Watchers> {
  const open = async (kind: (typeof kinds)[number]) => {
    const child = await Child.start<WatcherCommands>(join(import.meta.dirname, 'watcher.process.ts'), {
      where: 'measured',
    });
    await child.call(kind, { ...(await stand.identity(kind)), ...way }, stand.instances.ours);
    return child;
  };
  return { bare: await open('bare'), ours: await open('ours') };
}

export async function closeWatchers(watchers: Watchers): Promise<void> {
  await Promise.all(kinds.map((kind) => watchers[kind].end()));
}

/** Makes changes, and answers with how long each took to be told. */
export async function watched({ bare, ours }: Watchers, changes: () => Promise<Sighting[]>): Promise<Delays> {
  for (const watcher of [bare, ours]) await watcher.call('seen');
  const sent = await changes();
  await sleep(restMs);
  return { bare: delays(sent, await bare.call('seen')), ours: delays(sent, await ours.call('seen')) };
}

/**
 * The same for watchers whose server was away just before: connections are cut and refused, then it is back. It is away
 * for them only, so that the changes begin in the moment in which it is back.
 */
export async function afterAway(stand: ClusterStand, changes: () => Promise<Sighting[]>): Promise<Delays> {
  const { hostname, port } = new URL(stand.admin.getCurrentCluster()?.server ?? '');
  const own = await freePort();
  const open = () => listen(own, () => ({ host: hostname, port: Number(port || 443) }), 'as it is');
  let way = await open();
  const watchers = await openWatchers(stand, {
    server: `https://127.0.0.1:${own}`,
    tlsServerName: 'kubernetes.default.svc',
  });
  try {
    await watched(watchers, changes);
    await way[Symbol.asyncDispose]();
    await sleep(awayMs);
    way = await open();
    return await watched(watchers, changes);
  } finally {
    await closeWatchers(watchers);
    await way[Symbol.asyncDispose]();
  }
}

/** From each change to the first that was told of its session afterwards. */
function delays(sent: Sighting[], seen: Sighting[]): number[] {
  return sent.map(({ sessionId, atMs }) => {
    const first = seen.find((one) => one.sessionId === sessionId && one.atMs >= atMs);
    if (first === undefined) throw new Error(`One of ${sent.length} changes was never told, ${seen.length} were.`);
    return first.atMs - atMs;
  });
}
