import type { VmSystemSpec } from '@lab-orchestrator/contracts';
import type { Probe } from '../../types/kubevirt/probe.js';

/** A VM that was ready stays so until it is restarted: guests reboot, and learners stop the service that is probed. */
const neverUnready = 1_000_000;

/**
 * The kubelet asks the port that says "ready": it reaches its own pods under any policy, which nothing else outside the
 * session does. Without such a port there is no probe: KubeVirt then calls a running VM ready (ADR 0020). Only one port can be
 * probed; a lab with several web pages names the one that counts in `ready.tcp`.
 */
export function forgeReadinessProbe(system: Pick<VmSystemSpec, 'ready' | 'access'>): Probe | undefined {
  const port = readyPort(system);
  if (port === undefined) return undefined;
  return { tcpSocket: { port }, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: neverUnready };
}

/** The port that must answer before a VM is ready; undefined when running is enough. */
export function readyPort({ ready, access }: Pick<VmSystemSpec, 'ready' | 'access'>): number | undefined {
  if (ready.tcp !== undefined) return ready.tcp;
  return access.find((entry) => entry.kind === 'web')?.port;
}
