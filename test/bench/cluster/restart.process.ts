import type { IncomingMessage } from 'node:http';
import { get, type RequestOptions } from 'node:https';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionSpec } from '@lab-orchestrator/contracts';
import { createKubernetesRuntime } from '@lab-orchestrator/lab-runtime/kubernetes';
import type { KubeConfig } from '@kubernetes/client-node';
import { serveCommands } from '../support/commands.ts';
import { configOf, type Identity } from './kube-config.ts';

export type RestartCommands = typeof commands;
export interface Restart {
  viewMs: number;
  /** The longest time that nothing else could run. */
  stallMs: number;
  /** The most processor time between two turns of the event loop: the part of a stall that is our own. */
  turnMs: number;
  machines: number;
}

const resolutionMs = 1;
/** What the runtime watches, too. */
const paths = [
  '/api/v1/namespaces',
  '/api/v1/pods',
  '/api/v1/services',
  '/apis/networking.k8s.io/v1/networkpolicies',
  '/api/v1/resourcequotas',
  '/api/v1/limitranges',
  '/api/v1/serviceaccounts',
  '/apis/kubevirt.io/v1/virtualmachines',
  '/apis/kubevirt.io/v1/virtualmachineinstances',
  '/apis/cdi.kubevirt.io/v1beta1/datavolumes',
];

/** A controller that has just started: until it knows everything there is. */
const commands = {
  ours: (identity: Identity, instance: string, sessions: SessionSpec[]) =>
    watched(identity, async () => {
      const builtinImages = { terminal: 'registry.test/busybox:1' };
      const runtime = await createKubernetesRuntime({ config: configOf(identity), instance, builtinImages });
      await runtime.sessions();
      return async () => {
        const seen = await Promise.all(sessions.map((session) => runtime.observe(session)));
        await runtime.close();
        return seen.flatMap(({ systems }) => systems.filter(({ state }) => state !== 'absent')).length;
      };
    }),
  bare: (identity: Identity, instance: string) =>
    watched(identity, async () => {
      const config = configOf(identity);
      const lists = await Promise.all(paths.map((path) => fetchAndParse(config, path, instance)));
      return async () =>
        lists.flatMap(({ items }, index) => (paths[index]?.endsWith('/virtualmachines') ? items : [])).length;
    }),
  /** As long, doing nothing: what the machine's other work does to a process by itself. */
  idle: (identity: Identity, ms: number) => watched(identity, () => sleep(ms).then(() => async () => 0)),
};

async function fetchAndParse(config: KubeConfig, path: string, instance: string): Promise<{ items: object[] }> {
  const selector = encodeURIComponent(`lab-orchestrator.dev/instance=${instance}`);
  return JSON.parse(await fetched(config, `${path}?labelSelector=${selector}`)) as { items: object[] };
}

async function fetched(config: KubeConfig, path: string): Promise<string> {
  const { server = '' } = config.getCurrentCluster() ?? {};
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${server}${path}`, options, resolve).once('error', reject);
  });
  return text(response);
}

async function watched(identity: Identity, work: () => Promise<() => Promise<number>>): Promise<Restart> {
  // The first connection of a process loads its TLS, which takes both as long.
  await fetched(configOf(identity), '/version');
  const loop = monitorEventLoopDelay({ resolution: resolutionMs });
  loop.enable();
  // It forgets the last turn, too, so one must have passed.
  await sleep(100);
  loop.reset();
  await sleep(10);
  let turnMs = 0;
  let usedMs = threadMs();
  const turns = setInterval(() => {
    const nowMs = threadMs();
    turnMs = Math.max(turnMs, nowMs - usedMs);
    usedMs = nowMs;
  }, resolutionMs);
  const startedAt = performance.now();
  const count = await work();
  const viewMs = performance.now() - startedAt;
  await sleep(5 * resolutionMs);
  clearInterval(turns);
  loop.disable();
  return { viewMs, stallMs: loop.max / 1e6 - resolutionMs, turnMs, machines: await count() };
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

serveCommands(commands);
