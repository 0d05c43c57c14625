import type { KubeConfig } from '@kubernetes/client-node';
import { dial } from './dial.js';
import { ExecWire } from './exec-wire.js';
import { hangUpCommand } from './launch.js';
import { SocketStream } from './socket-stream.js';
import type { Wire } from './wire.js';

/** One container of one pod. */
export type PodPlace = { namespace: string; pod: string; container: string };

export type PodExec = {
  command: readonly string[];
  tty: boolean;
  stdin: boolean;
  wire?: Wire;
  signal?: AbortSignal;
};

const hangUpMs = 10_000;

/** Starts a command in a container. Not yet running when this resolves: the API server answers first. */
export async function openPodExec(config: KubeConfig, place: PodPlace, exec: PodExec): Promise<SocketStream> {
  const query = new URLSearchParams({
    container: place.container,
    stdin: String(exec.stdin),
    stdout: 'true',
    // A terminal has one output.
    stderr: String(!exec.tty),
    tty: String(exec.tty),
  });
  for (const word of exec.command) query.append('command', word);
  const what = `Running ${exec.command[0] ?? 'a command'} in ${place.pod}`;
  const path = `${pathOfPod(place)}/exec`;
  const socket = await dial(config, { path, query, protocol: 'v5.channel.k8s.io', what, signal: exec.signal });
  return new SocketStream(socket, exec.wire ?? new ExecWire(), { what });
}

/** Ends the process that was started with this mark. It may be gone already, and the pod, too. */
export async function hangUp(config: KubeConfig, place: PodPlace, mark: string, signal: 'HUP' | 'KILL'): Promise<void> {
  try {
    const stream = await openPodExec(config, place, { command: hangUpCommand(mark, signal), tty: false, stdin: false });
    stream.on('error', () => undefined).resume();
    const timer = setTimeout(() => stream.destroy(), hangUpMs);
    await stream.ended.finally(() => clearTimeout(timer));
  } catch {
    // Nobody is left who could be told, and what is gone needs no signal.
  }
}

export function pathOfPod({ namespace, pod }: Pick<PodPlace, 'namespace' | 'pod'>): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}`;
}
