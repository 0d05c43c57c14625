import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, TiedProcess } from '@lab-orchestrator/dev';
import type { Kubectl } from '../kube/kubectl.ts';
import { type Door, type Forwarder, listen } from './tcp-proxy.ts';

/**
 * Answers on localhost for a service of the cluster: browsers keep our cookies only over https or on localhost. Goes
 * straight to the service's node port where this machine reaches the nodes (that survives pods that are replaced), else
 * through `kubectl port-forward`, which is started again when it ends.
 */
export async function forward(kubectl: Kubectl, namespace: string, service: string, port: number): Promise<Forwarder> {
  const door = await nodePortOf(kubectl, namespace, service);
  if (door && (await isReachable(door))) return listen(port, () => door, `node port ${door.host}:${door.port}`);
  const inner = await freePort();
  const tunnel = keepTunnel(kubectl, namespace, service, inner);
  const forwarder = await listen(port, () => ({ host: '127.0.0.1', port: inner }), 'kubectl port-forward');
  return {
    how: forwarder.how,
    [Symbol.asyncDispose]: async () => {
      await tunnel[Symbol.asyncDispose]();
      await forwarder[Symbol.asyncDispose]();
    },
  };
}

async function nodePortOf(kubectl: Kubectl, namespace: string, service: string): Promise<Door | undefined> {
  const found = await kubectl.find<{ spec: { ports: { name: string; nodePort?: number }[] } }>([
    `service/${service}`,
    '--namespace',
    namespace,
  ]);
  const port = found?.spec.ports.find(({ name }) => name === 'http')?.nodePort;
  const [node] = await kubectl.list<{ status: { addresses: { type: string; address: string }[] } }>(['nodes']);
  const host = node?.status.addresses.find(({ type }) => type === 'InternalIP')?.address;
  return port === undefined || host === undefined ? undefined : { host, port };
}

function isReachable(door: Door): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(door);
    const settle = (reachable: boolean) => {
      socket.destroy();
      resolve(reachable);
    };
    socket.setTimeout(2_000, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('connect', () => settle(true));
  });
}

function keepTunnel(kubectl: Kubectl, namespace: string, service: string, port: number): AsyncDisposable {
  const stop = new AbortController();
  let child: TiedProcess | undefined;
  const run = async () => {
    while (!stop.signal.aborted) {
      const command = ['kubectl', 'port-forward', '--namespace', namespace, `service/${service}`, `${port}:http`];
      child = TiedProcess.spawn(command, { cwd: process.cwd(), env: kubectl.env, signalOnParentDeath: 'TERM' });
      await child.untilExit();
      if (!stop.signal.aborted) await sleep(1_000);
    }
  };
  const running = run();
  return {
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      child?.signal('SIGTERM');
      await running;
    },
  };
}
