import { setTimeout as delay } from 'node:timers/promises';
import type { Console } from '../../port/lab-runtime.js';
import { RuntimeError } from '../../port/runtime-error.js';
import { toConsole } from '../../streams/to-console.js';
import type { Cluster } from '../client/cluster.js';
import { kinds } from '../client/kinds.js';
import { dial } from './dial.js';
import { firstBytes } from './first-bytes.js';
import { rawWire } from './raw-wire.js';
import { SocketStream } from './socket-stream.js';

export type VmPlace = { namespace: string; vm: string };
type Connection = Pick<Cluster, 'config' | 'read'>;

const answerMs = 10_000;
/** A guest that ends closes its consoles first; its status follows within this time. */
const statusMs = 1_500;

/**
 * The serial console. There is one per machine: whoever opens it takes it from whoever had it. Nothing that was printed
 * before is shown again.
 */
export async function openVmSerial(cluster: Connection, place: VmPlace, signal?: AbortSignal): Promise<Console> {
  return toConsole(await openSingle(cluster, place, 'console', `The serial console of ${place.vm}`, signal));
}

/** The screen, as RFB. The newest client takes it over, like the serial console. */
export async function openVmDesktop(cluster: Connection, place: VmPlace, signal?: AbortSignal): Promise<Console> {
  const stream = await openSingle(cluster, place, 'vnc', `The screen of ${place.vm}`, signal);
  // In the moments after its end a machine still accepts, and says nothing.
  if (await firstBytes(stream, answerMs)) return toConsole(stream);
  stream.on('error', () => undefined).destroy();
  throw new RuntimeError('unreachable', `The screen of ${place.vm} does not answer.`, true);
}

/**
 * A TCP port of the guest. KubeVirt connects from its `virt-api` pods, so the session's policies have to let those in;
 * forwarding a port of the launcher pod would reach the launcher's own loopback address.
 */
export async function openVmPort(
  cluster: Connection,
  place: VmPlace,
  port: number,
  signal?: AbortSignal,
): Promise<Console> {
  const what = `Port ${port} of ${place.vm}`;
  return toConsole(await openSubresource(cluster, place, `portforward/${port}/tcp`, what, { signal }));
}

async function openSubresource(
  cluster: Connection,
  place: VmPlace,
  subresource: string,
  what: string,
  options: { signal?: AbortSignal; explain?: () => Promise<RuntimeError> } = {},
): Promise<SocketStream> {
  const { namespace, vm } = place;
  const machine = `namespaces/${encodeURIComponent(namespace)}/virtualmachineinstances/${encodeURIComponent(vm)}`;
  const path = `/apis/subresources.kubevirt.io/v1/${machine}/${subresource}`;
  const { signal, explain } = options;
  const socket = await dial(cluster.config, { path, protocol: 'plain.kubevirt.io', what, signal });
  return new SocketStream(socket, rawWire, { what, explain });
}

/** Of these there is one per machine, so its loss has one more cause. */
async function openSingle(
  cluster: Connection,
  place: VmPlace,
  subresource: string,
  what: string,
  signal?: AbortSignal,
) {
  const before = await nodeOf(cluster, place);
  const explain = () => whyBrokenOff(cluster, place, what, before);
  return openSubresource(cluster, place, subresource, what, { signal, explain });
}

/**
 * A guest that stops and a client that takes over look alike on the wire: the connection breaks off. If the same
 * machine goes on running in the same place, it was another client.
 */
async function whyBrokenOff(cluster: Connection, place: VmPlace, what: string, before: string | undefined) {
  await delay(statusMs);
  const now = await nodeOf(cluster, place).catch(() => undefined);
  if (now === undefined || now !== before) {
    return new RuntimeError('unreachable', `${what}: the machine stopped, or is being moved.`, true);
  }
  return new RuntimeError('taken_over', `${what}: another client took it over.`, false);
}

/** Where a running machine is: itself and its node. Undefined while it does not run. */
async function nodeOf(cluster: Connection, { namespace, vm }: VmPlace): Promise<string | undefined> {
  const machine = await cluster.read({ kind: kinds.virtualMachineInstance, namespace, name: vm });
  if (machine?.status?.phase !== 'Running' || machine.metadata.deletionTimestamp !== undefined) return undefined;
  return `${machine.metadata.uid} on ${machine.status.nodeName}`;
}
