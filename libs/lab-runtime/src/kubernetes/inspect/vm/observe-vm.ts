import type { Stage, SystemObservation, VmSystemSpec } from '@lab-orchestrator/contracts';
import type { KubeEvent, Pod } from '../../client/kinds.js';
import type { DataVolume } from '../../types/cdi/data-volume.js';
import type { VirtualMachine } from '../../types/kubevirt/virtual-machine.js';
import type { VirtualMachineInstance } from '../../types/kubevirt/virtual-machine-instance.js';
import type { Cause } from '../reasons.js';
import { conditionOf, timeOf } from './condition.js';
import { hibernated } from './hibernated.js';
import { observeDisks } from './observe-disks.js';
import { printableStatusOf } from './printable-status.js';
import { vmReasons } from './vm-reasons.js';

export type LookedAtVm = {
  system: Pick<VmSystemSpec, 'name' | 'ready' | 'networks'>;
  vm: VirtualMachine | undefined;
  vmi?: VirtualMachineInstance;
  /** All of its disks. */
  dataVolumes: readonly DataVolume[];
  /** The launcher pod, where somebody has it at hand; tells whether a paused VM was ready. */
  pod?: Pod;
  /** Events of the VMI, where `mayHaveCrashed`: a VM that crashes again and again shows in nothing else. */
  events?: readonly KubeEvent[];
  /** False: somebody tried its access entries and they do not answer yet. */
  answers?: boolean;
  nowMs: number;
};

/** Trouble that often passes by itself (a registry that hiccups, a node that is about to come) is waited for. */
const patienceMs = { pull: 30_000, unschedulable: 30_000, missing: 15_000, refused: 15_000, lost: 60_000 };
/** Attempts without a running guest, and crashes of a running one, before a VM counts as broken. */
const failuresBeforeBroken = 2;
const crashesBeforeBroken = 3;
const crashWindowMs = 600_000;
/** A VM that was just created, or whose disks have just become ready, is Stopped before it is Starting. */
const settlingMs = 30_000;

/** State, stage and reason of a VM from its objects. Pure; what is not known yet counts as on its way. */
export function observeVm(looked: LookedAtVm): SystemObservation {
  const { vm } = looked;
  if (!vm) return observation(looked, 'absent', 'disk');
  if (vm.metadata.deletionTimestamp) return observation(looked, 'absent', 'disk');
  const disks = observeDisks(looked.dataVolumes, looked.nowMs);
  if (disks.are === 'broken') return broken(looked, 'disk', disks.reason);
  if (disks.are === 'coming') return { ...observation(looked, 'starting', 'disk'), percent: disks.percent };
  return observeMachine(looked, vm);
}

/** One exhaustive switch over what KubeVirt prints. */
function observeMachine(looked: LookedAtVm, vm: VirtualMachine): SystemObservation {
  // A VM that KubeVirt has not seen yet has no status: it has not been started.
  const status = printableStatusOf(vm.status?.printableStatus ?? 'Stopped');
  switch (status) {
    case 'Stopped':
      return observeStopped(looked, vm);
    case 'Stopping':
      return observation(looked, willStart(vm) ? 'starting' : 'stopped', 'boot');
    case 'Terminating':
      return observation(looked, 'absent', 'disk');
    case 'Paused':
    case 'Running':
    case 'Migrating':
      return standsStill(looked) ? observePaused(looked) : observeRunning(looked);
    case 'ErrImagePull':
    case 'ImagePullBackOff':
      return observePull(looked);
    case 'ErrorUnschedulable':
      return observeUnschedulable(looked);
    case 'ErrorPvcNotFound':
    case 'DataVolumeError':
      return observeMissing(looked);
    case 'Unknown':
      return observeLost(looked);
    case 'CrashLoopBackOff':
    case 'Starting':
    case 'Provisioning':
    case 'WaitingForVolumeBinding':
    case 'WaitingForReceiver':
    case undefined:
      return observeStarting(looked, vm);
  }
}

function observeStopped(looked: LookedAtVm, vm: VirtualMachine): SystemObservation {
  const failure = conditionOf(vm.status?.conditions, 'Failure');
  if (failure?.status === 'True') return refusal(looked, 'disk', failure);
  if (vm.metadata.annotations?.[hibernated] !== undefined) return observation(looked, 'paused', 'boot');
  return willStart(vm) || settles(looked, vm)
    ? observeStarting(looked, vm)
    : observation(looked, 'stopped', looked.vmi ? 'boot' : 'disk');
}

/** `Always` starts whatever has stopped; the others only what they were told to start. */
function willStart({ spec, status }: VirtualMachine): boolean {
  return spec.runStrategy === 'Always' || (status?.stateChangeRequests ?? []).some(({ action }) => action === 'Start');
}

/** A VM to be rerun after failures is Stopped before its first start just as after its guest powered off. */
function settles({ vmi, dataVolumes, nowMs }: LookedAtVm, { spec, metadata }: VirtualMachine): boolean {
  if (spec.runStrategy !== 'RerunOnFailure') return false;
  if (vmi) return vmi.status?.phase !== 'Succeeded';
  const times = [metadata.creationTimestamp, ...dataVolumes.map(readySince)].map((time) => timeOf(time) ?? 0);
  return nowMs - Math.max(...times) < settlingMs;
}

const readySince = ({ status }: DataVolume) => conditionOf(status?.conditions, 'Ready')?.lastTransitionTime;

function observeStarting(looked: LookedAtVm, vm: VirtualMachine): SystemObservation {
  const { vmi } = looked;
  const failures = vm.status?.startFailure?.consecutiveFailCount ?? 0;
  if (failures >= failuresBeforeBroken) return broken(looked, 'boot', vmReasons.crashed(failures));
  const crashes = crashesOf(looked);
  if (crashes >= crashesBeforeBroken) return broken(looked, 'boot', vmReasons.crashed(crashes));
  const synchronized = conditionOf(vmi?.status?.conditions, 'Synchronized');
  if (synchronized?.reason === 'FailedCreate') return refusal(looked, stageOf(looked), synchronized);
  return observation(looked, 'starting', stageOf(looked));
}

/** Until its pod runs, a VM waits for its image, or for its disks to be attached where it has some. */
function stageOf({ vmi, dataVolumes }: LookedAtVm): Stage {
  const phase = vmi?.status?.phase ?? '';
  if (phase !== '' && phase !== 'Pending' && phase !== 'Scheduling') return 'boot';
  return dataVolumes.length > 0 ? 'disk' : 'image';
}

function observeRunning(looked: LookedAtVm): SystemObservation {
  const { vmi, system, nowMs } = looked;
  const ready = conditionOf(vmi?.status?.conditions, 'Ready');
  // The VM's own condition can still say True for a moment after the guest has gone.
  const running = vmi?.status?.phase === 'Running';
  const answers = running && ready?.status === 'True';
  if (answers && looked.answers !== false) return observation(looked, 'ready', 'ready');
  const runningSince = vmi?.status?.phaseTransitionTimestamps?.find(({ phase }) => phase === 'Running');
  // A VM that was ready and is not any more is being stopped or moved: its time starts anew.
  const unreadySince = ready?.status === 'False' ? timeOf(ready.lastTransitionTime) : undefined;
  const since = Math.max(timeOf(runningSince?.phaseTransitionTimestamp) ?? nowMs, unreadySince ?? 0);
  if (running && nowMs - since > system.ready.timeoutS * 1000) {
    return broken(looked, 'boot', vmReasons.late(system.ready.timeoutS));
  }
  return observation(looked, 'starting', 'boot');
}

/** Its instance's word: that of the VM follows later. */
const standsStill = ({ vmi }: LookedAtVm) => conditionOf(vmi?.status?.conditions, 'Paused')?.status === 'True';

function observePaused(looked: LookedAtVm): SystemObservation {
  const paused = conditionOf(looked.vmi?.status?.conditions, 'Paused');
  if (paused?.reason === 'PausedIOError') return broken(looked, 'boot', vmReasons.diskFull());
  // The readiness gate of KubeVirt makes a paused pod unready; its containers' own readiness remembers how it was.
  const containers = looked.pod?.status?.conditions?.find(({ type }) => type === 'ContainersReady');
  return observation(looked, 'paused', containers?.status === 'False' ? 'boot' : 'ready');
}

function observePull(looked: LookedAtVm): SystemObservation {
  const { vmi } = looked;
  const synchronized = conditionOf(vmi?.status?.conditions, 'Synchronized');
  if (!lasts(looked, patienceMs.pull)) return observation(looked, 'starting', 'image');
  const named = /image "([^"]+)"/.exec(synchronized?.message ?? '')?.[1];
  const disks = vmi?.spec.volumes?.flatMap(({ containerDisk }) => containerDisk?.image ?? []) ?? [];
  return broken(looked, 'image', vmReasons.imageNotPulled(named ?? disks.join(', '), synchronized?.message));
}

function observeUnschedulable(looked: LookedAtVm): SystemObservation {
  if (!lasts(looked, patienceMs.unschedulable)) return observation(looked, 'starting', stageOf(looked));
  const { message } = conditionOf(looked.vmi?.status?.conditions, 'PodScheduled') ?? {};
  return broken(looked, stageOf(looked), vmReasons.noNodeFits(message));
}

function observeMissing(looked: LookedAtVm): SystemObservation {
  if (!lasts(looked, patienceMs.missing)) return observation(looked, 'starting', stageOf(looked));
  const conditions = looked.vmi?.status?.conditions;
  const said = conditionOf(conditions, 'Synchronized') ?? conditionOf(looked.vm?.status?.conditions, 'Failure');
  return broken(looked, 'disk', vmReasons.diskMissing(said?.message));
}

function observeLost(looked: LookedAtVm): SystemObservation {
  const since = timeOf(conditionOf(looked.vmi?.status?.conditions, 'Ready')?.lastTransitionTime) ?? looked.nowMs;
  if (looked.nowMs - since < patienceMs.lost) return observation(looked, 'starting', 'boot');
  return broken(looked, 'boot', vmReasons.nodeLost(looked.vmi?.status?.nodeName));
}

function refusal(
  looked: LookedAtVm,
  stage: Stage,
  { message, lastTransitionTime }: { message?: string; lastTransitionTime?: string | Date | null },
): SystemObservation {
  const since = timeOf(lastTransitionTime) ?? timeOf(looked.vm?.metadata.creationTimestamp) ?? looked.nowMs;
  if (looked.nowMs - since < patienceMs.refused) return observation(looked, 'starting', stage);
  const quota = /exceeded quota/.test(message ?? '');
  return broken(looked, stage, quota ? vmReasons.quotaExceeded(message) : vmReasons.refused(message));
}

/** Whether a VMI has been there for so long. Its trouble's own times are no help: its reasons alternate. */
function lasts({ vmi, vm, nowMs }: LookedAtVm, patience: number): boolean {
  const since = timeOf(vmi?.metadata.creationTimestamp) ?? timeOf(vm?.metadata.creationTimestamp) ?? nowMs;
  return nowMs - since >= patience;
}

/** A machine that is on its way again long after it could start for the first time: its events say what became of it. */
export function mayHaveCrashed({ vm, vmi, dataVolumes, nowMs }: LookedAtVm): boolean {
  const phase = vmi?.status?.phase;
  if (!vm || phase === 'Running' || phase === 'Succeeded') return false;
  if (phase === 'Failed') return true;
  const times = [vm.metadata.creationTimestamp, ...dataVolumes.map(readySince)].map((time) => timeOf(time) ?? nowMs);
  return (timeOf(vmi?.metadata.creationTimestamp) ?? 0) - Math.max(...times) > settlingMs;
}

function crashesOf({ events = [], nowMs }: LookedAtVm): number {
  return events
    .filter(({ reason, message }) => reason === 'Stopped' && /crashed/.test(message ?? ''))
    .filter(({ lastTimestamp, eventTime }) => nowMs - (timeOf(lastTimestamp ?? eventTime) ?? 0) < crashWindowMs)
    .reduce((sum, { count }) => sum + (count ?? 1), 0);
}

function observation(looked: LookedAtVm, state: SystemObservation['state'], stage: Stage): SystemObservation {
  return { name: looked.system.name, state, stage, addresses: addressesOf(looked) };
}

function broken(looked: LookedAtVm, stage: Stage, reason: Cause): SystemObservation {
  const { name } = looked.system;
  return { ...observation(looked, 'broken', stage), reason: { ...reason, system: name } };
}

/** By lab network: that of an interface of the same name, else the pod's, which stands for all networks. */
function addressesOf({ system, vmi }: LookedAtVm): Record<string, string> {
  const interfaces = (vmi?.status?.interfaces ?? []).filter(({ ipAddress }) => ipAddress);
  const own = (network: string) => interfaces.find(({ name }) => name === network) ?? interfaces[0];
  return Object.fromEntries(
    system.networks.flatMap((network) => {
      const address = own(network)?.ipAddress;
      return address ? [[network, address]] : [];
    }),
  );
}
