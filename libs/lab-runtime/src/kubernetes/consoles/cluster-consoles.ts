import type {
  CallOptions,
  Console,
  ConsoleTarget,
  ExecOptions,
  ExecResult,
  SystemRef,
} from '../../port/lab-runtime.js';
import { RuntimeError } from '../../port/runtime-error.js';
import type { Cluster } from '../client/cluster.js';
import { namespaceOf } from '../names.js';
import { checkConsoleUser } from './console-user.js';
import { execInPod } from './exec-in-pod.js';
import { findSystem, type FoundSystem } from './find-system.js';
import { openContainerDesktop } from './open-container-desktop.js';
import { openPodPort } from './open-pod-port.js';
import { openTerminal } from './open-terminal.js';
import { openVmDesktop, openVmPort, openVmSerial } from './open-vm-console.js';

/** What consoles need of the cluster: its address and credentials, and to look a system up. */
export type ConsoleCluster = Pick<Cluster, 'config' | 'read'>;

/**
 * Opens a console of a system. What is not there yet, restarts or moves is `unreachable` and retryable, also when it
 * happens later, as the error of the stream; `taken_over` says that somebody else opened the one serial console or
 * screen of a virtual machine.
 */
export async function openConsole(
  cluster: ConsoleCluster,
  instance: string,
  target: ConsoleTarget,
  { signal }: CallOptions = {},
): Promise<Console> {
  const found = await findSystem(cluster, namespaceOf(instance, target.sessionId), target.system, signal);
  return found.kind === 'container'
    ? openOfContainer(cluster, found, target, signal)
    : openOfMachine(cluster, found, target, signal);
}

/** Runs a command in a container. @throws RuntimeError `unsupported` for a virtual machine */
export async function execInSystem(
  cluster: ConsoleCluster,
  instance: string,
  target: SystemRef,
  command: string[],
  options: ExecOptions,
): Promise<ExecResult> {
  const { signal } = options;
  signal?.throwIfAborted();
  const found = await findSystem(cluster, namespaceOf(instance, target.sessionId), target.system, signal);
  if (found.kind === 'vm') {
    throw new RuntimeError('unsupported', `${target.system} is a virtual machine: no command can be run in it.`, false);
  }
  checkConsoleUser(options.user, found.pod, found.place.container);
  return execInPod(cluster.config, found.place, command, options);
}

async function openOfContainer(
  { config }: ConsoleCluster,
  { place, pod }: FoundSystem & { kind: 'container' },
  target: ConsoleTarget,
  signal?: AbortSignal,
): Promise<Console> {
  switch (target.channel) {
    case 'terminal':
      checkConsoleUser(target.user, pod, place.container);
      return openTerminal(config, place, { ...target, signal });
    case 'desktop':
      return openContainerDesktop(config, place, signal);
    case 'port':
      return openPodPort(config, place, target.port, signal);
    case 'serial':
      throw new RuntimeError('unsupported', `${target.system} is a container and has no serial console.`, false);
  }
}

async function openOfMachine(
  cluster: ConsoleCluster,
  { place }: FoundSystem & { kind: 'vm' },
  target: ConsoleTarget,
  signal?: AbortSignal,
): Promise<Console> {
  switch (target.channel) {
    case 'serial':
      return openVmSerial(cluster, place, signal);
    case 'desktop':
      return openVmDesktop(cluster, place, signal);
    case 'port':
      return openVmPort(cluster, place, target.port, signal);
    case 'terminal':
      throw new RuntimeError('unsupported', 'A virtual machine has a serial console, not a terminal.', false);
  }
}
