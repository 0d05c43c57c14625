import type { ContainerSystemSpec, Stage, SystemObservation } from '@lab-orchestrator/contracts';
import type { V1ContainerStatus } from '@kubernetes/client-node';
import type { KubeEvent, Pod } from '../client/kinds.js';
import type { Wire } from '../client/kube-object.js';
import { systemContainer } from '../forge/pod.js';
import { networkPolicyName } from '../names.js';
import { podReasons } from './pod-reasons.js';
import type { Cause } from './reasons.js';
import { conditionOf, timeOf } from './vm/condition.js';

type ContainerStatus = Wire<V1ContainerStatus>;

export type LookedAtPod = {
  system: Pick<ContainerSystemSpec, 'name' | 'ready' | 'networks'>;
  pod: Pod;
  /** The session is paused: its pods are taken away. */
  paused: boolean;
  /** Events of the pod, where somebody has them at hand; they say what a pod that does not start waits for. */
  events?: readonly KubeEvent[];
  nowMs: number;
};

/** Trouble that often passes by itself is waited for. */
const patienceMs = { pull: 30_000, unschedulable: 30_000, lost: 60_000 };
/** The kubelet restarts what crashed: the second crash counts. After that it must run for a while to be believed. */
const restartsBeforeBroken = 1;
const provenMs = 30_000;
/** 128 + SIGKILL: nothing of ours kills a system that is not about to be removed or restarted. */
const killedExitCode = 137;

/** State, stage and reason of a container system from its pod. Pure. */
export function observePod(looked: LookedAtPod): SystemObservation {
  const { pod, paused } = looked;
  if (paused) return observation(looked, 'paused', 'ready');
  if (pod.metadata.deletionTimestamp) {
    // Its node would have to end it, so it stays until the node is back or is taken out of the cluster.
    return isOnLostNode(pod)
      ? broken(looked, 'boot', podReasons.nodeLost(pod.spec?.nodeName))
      : observation(looked, 'absent', 'boot');
  }
  const phase = phaseOf(pod);
  switch (phase) {
    case 'Pending':
      return observePending(looked);
    case 'Running':
      return observeRunning(looked);
    case 'Succeeded':
    case 'Failed':
      return observeEnded(looked);
    case 'Unknown':
      return broken(looked, 'boot', podReasons.nodeLost(pod.spec?.nodeName));
  }
}

const phases = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'] as const;

function phaseOf({ status }: Pod): (typeof phases)[number] {
  return phases.find((phase) => phase === status?.phase) ?? 'Pending';
}

function observePending(looked: LookedAtPod): SystemObservation {
  const { pod } = looked;
  const scheduled = conditionOf(pod.status?.conditions, 'PodScheduled');
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable') {
    if (ageMs(looked) < patienceMs.unschedulable) return observation(looked, 'starting', 'image');
    return broken(looked, 'image', podReasons.noNodeFits(scheduled.message));
  }
  const containers = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  for (const container of containers) {
    const trouble = troubleOf(looked, container);
    if (trouble) return trouble;
  }
  const stage = containers.some(({ imageID }) => imageID) ? 'boot' : 'image';
  return isLate(looked, ageMs(looked))
    ? broken(looked, stage, podReasons.late(looked.system.ready.timeoutS, lastWarning(looked)))
    : observation(looked, 'starting', stage);
}

/** A container that cannot start. The kubelet's reasons, word by word. */
function troubleOf(looked: LookedAtPod, container: ContainerStatus): SystemObservation | undefined {
  const { reason, message } = container.state?.waiting ?? {};
  const ended = container.state?.terminated ?? container.lastState?.terminated;
  const isInit = container.name !== systemContainer;
  switch (reason) {
    case 'InvalidImageName':
    case 'ErrImageNeverPull':
      return broken(looked, 'image', podReasons.imageNotPulled(container.image, message));
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'ImageInspectError':
    case 'RegistryUnavailable':
      return ageMs(looked) < patienceMs.pull
        ? observation(looked, 'starting', 'image')
        : broken(looked, 'image', podReasons.imageNotPulled(container.image, message));
    case 'CreateContainerConfigError':
    case 'CreateContainerError':
    case 'RunContainerError':
    case 'PreStartHookError':
    case 'PostStartHookError':
      return ageMs(looked) < patienceMs.pull && container.restartCount <= restartsBeforeBroken
        ? observation(looked, 'starting', 'boot')
        : broken(looked, 'boot', podReasons.notStartable(message));
    case 'CrashLoopBackOff':
      return container.restartCount >= restartsBeforeBroken
        ? crashed(looked, container)
        : observation(looked, 'starting', 'boot');
    default:
      // Init containers with files: a second failure is for good.
      return isInit && ended && ended.exitCode !== 0 && container.restartCount >= restartsBeforeBroken
        ? crashed(looked, container)
        : undefined;
  }
}

function observeRunning(looked: LookedAtPod): SystemObservation {
  const container = systemOf(looked.pod);
  const { running, terminated } = container?.state ?? {};
  if (!container) return observation(looked, 'starting', 'boot');
  const trouble = troubleOf(looked, container);
  if (trouble) return trouble;
  if (terminated) {
    return container.restartCount >= restartsBeforeBroken
      ? crashed(looked, container)
      : observation(looked, 'starting', 'boot');
  }
  const upMs = looked.nowMs - (timeOf(running?.startedAt) ?? looked.nowMs);
  // It crashed again and again, and was told broken: it must prove that it works now.
  if (container.restartCount > restartsBeforeBroken && upMs < provenMs) return crashed(looked, container);
  const lost = conditionOf(looked.pod.status?.conditions, 'Ready');
  if (isOnLostNode(looked.pod)) {
    const sinceMs = timeOf(lost?.lastTransitionTime) ?? 0;
    return looked.nowMs - sinceMs < patienceMs.lost
      ? observation(looked, 'starting', 'boot')
      : broken(looked, 'boot', podReasons.nodeLost(looked.pod.spec?.nodeName));
  }
  if (container.ready) return observation(looked, 'ready', 'ready');
  const unreadyMs = looked.nowMs - Math.max(looked.nowMs - upMs, timeOf(lost?.lastTransitionTime) ?? 0);
  return isLate(looked, unreadyMs)
    ? broken(looked, 'boot', podReasons.late(looked.system.ready.timeoutS))
    : observation(looked, 'starting', 'boot');
}

/**
 * The kubelet is away: the node controller says so after some 50 s, in the pod's condition Ready and nowhere else. The
 * kubelet's own word, that all containers are ready, stays as it was; while it lives, the two never differ (our pods have
 * no readiness gates).
 */
function isOnLostNode({ status }: Pod): boolean {
  if (status?.reason === 'NodeLost') return true;
  const ready = conditionOf(status?.conditions, 'Ready');
  const containers = conditionOf(status?.conditions, 'ContainersReady');
  return ready?.status === 'False' && (ready.reason === 'NodeLost' || containers?.status === 'True');
}

/** The pod is over; nothing starts it again. */
function observeEnded(looked: LookedAtPod): SystemObservation {
  const { status } = looked.pod;
  const container = systemOf(looked.pod);
  switch (status?.reason) {
    case 'Evicted':
      return broken(
        looked,
        'boot',
        /ephemeral|DiskPressure/i.test(status.message ?? '')
          ? podReasons.diskFull(status.message)
          : podReasons.evicted(status.message),
      );
    case 'NodeLost':
    case 'NodeShutdown':
    case 'Terminated':
    case 'Shutdown':
      return broken(looked, 'boot', podReasons.nodeLost(looked.pod.spec?.nodeName));
    case undefined:
      return container ? crashed(looked, container) : broken(looked, 'boot', podReasons.exited(undefined));
    default:
      // `OutOfmemory`, `SysctlForbidden`, `UnexpectedAdmissionError`: the kubelet never started it.
      return container?.state?.terminated || container?.lastState?.terminated
        ? crashed(looked, container)
        : broken(looked, 'boot', podReasons.refusedByNode(status?.reason ?? '', status?.message));
  }
}

function crashed(looked: LookedAtPod, container: ContainerStatus): SystemObservation {
  const ended = container.state?.terminated ?? container.lastState?.terminated;
  switch (ended?.reason) {
    case 'OOMKilled':
      return broken(looked, 'boot', podReasons.outOfMemory());
    case 'StartError':
    case 'ContainerCannotRun':
      return broken(looked, 'boot', podReasons.notStartable(ended.message));
    default:
      return ended?.exitCode === killedExitCode
        ? broken(looked, 'boot', podReasons.outOfMemory())
        : broken(looked, 'boot', podReasons.exited(ended?.exitCode, ended?.message));
  }
}

function systemOf({ status }: Pod): ContainerStatus | undefined {
  return status?.containerStatuses?.find(({ name }) => name === systemContainer);
}

function ageMs({ pod, nowMs }: LookedAtPod): number {
  return nowMs - (timeOf(pod.metadata.creationTimestamp) ?? nowMs);
}

function isLate({ system }: LookedAtPod, forMs: number): boolean {
  return forMs > system.ready.timeoutS * 1000;
}

function lastWarning({ events = [] }: LookedAtPod): string | undefined {
  const at = ({ lastTimestamp, eventTime }: KubeEvent) => timeOf(lastTimestamp ?? eventTime) ?? 0;
  return events.filter(({ type }) => type === 'Warning').toSorted((a, b) => at(b) - at(a))[0]?.message;
}

function observation(looked: LookedAtPod, state: SystemObservation['state'], stage: Stage): SystemObservation {
  return { name: looked.system.name, state, stage, addresses: addressesOf(looked) };
}

function broken(looked: LookedAtPod, stage: Stage, reason: Cause): SystemObservation {
  return { ...observation(looked, 'broken', stage), reason: { ...reason, system: looked.system.name } };
}

/** By lab network: what Multus says, else the pod's address, which stands for all of its networks. */
function addressesOf({ pod, system }: LookedAtPod): Record<string, string> {
  const own = attachedAddresses(pod);
  return Object.fromEntries(
    system.networks.flatMap((network) => {
      const attached = own.get(`${pod.metadata.namespace}/${networkPolicyName(network)}`);
      const address = attached ?? (own.size > 0 ? undefined : pod.status?.podIP);
      return address ? [[network, address]] : [];
    }),
  );
}

function attachedAddresses({ metadata }: Pod): Map<string, string> {
  const text = metadata.annotations?.['k8s.v1.cni.cncf.io/network-status'];
  if (text === undefined) return new Map();
  try {
    const attached: { name?: string; ips?: string[]; default?: boolean }[] = JSON.parse(text);
    return new Map(
      attached.flatMap(({ name, ips, default: isDefault }) =>
        name !== undefined && ips?.[0] !== undefined && !isDefault ? [[name, ips[0]]] : [],
      ),
    );
  } catch {
    return new Map();
  }
}
