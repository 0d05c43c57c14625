import type { KubeConfig } from '@kubernetes/client-node';
import type { Console } from '../../port/lab-runtime.js';
import { toConsole } from '../../streams/to-console.js';
import { dial } from './dial.js';
import { pathOfPod, type PodPlace } from './pod-exec.js';
import { PortWire } from './port-wire.js';
import { SocketStream } from './socket-stream.js';

/**
 * A TCP port of a pod, through the API server and the kubelet: no policy of the session's namespace is in the way, and
 * none has to be opened for it. The kubelet connects to the pod's own loopback address. A port that nobody listens on
 * shows as an error of the stream.
 *
 * Of the two protocols the API server takes, `v4.channel.k8s.io` needs no SPDY inside the WebSocket and works on every
 * supported version (the tunnel only since 1.31).
 */
export async function openPodPort(
  config: KubeConfig,
  place: Pick<PodPlace, 'namespace' | 'pod'>,
  port: number,
  signal?: AbortSignal,
): Promise<Console> {
  const what = `Port ${port} of ${place.pod}`;
  const query = new URLSearchParams({ ports: String(port) });
  const path = `${pathOfPod(place)}/portforward`;
  const socket = await dial(config, { path, query, protocol: 'v4.channel.k8s.io', what, signal });
  return toConsole(new SocketStream(socket, new PortWire(), { what }));
}
