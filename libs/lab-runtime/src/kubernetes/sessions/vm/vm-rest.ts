import { conditionOf, timeOf } from '../../inspect/vm/condition.js';
import type { VirtualMachine } from '../../types/kubevirt/virtual-machine.js';
import type { VirtualMachineInstance } from '../../types/kubevirt/virtual-machine-instance.js';

/** What an installation makes of a pause. */
export type VmRest = {
  /**
   * `freeze` stops the processors and keeps the memory, on the node. `hibernate` shuts a VM down whose disks all last,
   * which frees its memory; others are frozen.
   */
  pause?: 'freeze' | 'hibernate';
  /** How long a pause lasts before a frozen VM is shut down whose disks all last; undefined: for ever. */
  hibernateAfterS?: number;
};

/** Whether a pause shuts this VM down now. `atOnce`: its lab wishes so. */
export function shutsDown(
  vm: Pick<VirtualMachine, 'spec'>,
  vmi: VirtualMachineInstance | undefined,
  { pause, hibernateAfterS }: VmRest,
  { atOnce, nowMs }: { atOnce: boolean; nowMs: number },
): boolean {
  if (!disksLast(vm)) return false;
  if (atOnce || pause === 'hibernate') return true;
  const sinceMs = frozenSince(vmi);
  if (sinceMs === undefined || hibernateAfterS === undefined) return false;
  return nowMs - sinceMs >= hibernateAfterS * 1000;
}

/** When a pause froze it; undefined for one that runs, and for one that stands still by itself, such as on a full disk. */
export function frozenSince(vmi: VirtualMachineInstance | undefined): number | undefined {
  const paused = pausedOf(vmi);
  return paused?.reason === 'PausedByUser' ? timeOf(paused.lastTransitionTime) : undefined;
}

/** Whether its processors stand still, for whatever reason. */
export const isPaused = (vmi: VirtualMachineInstance | undefined) => pausedOf(vmi) !== undefined;

function pausedOf(vmi: VirtualMachineInstance | undefined) {
  const paused = conditionOf(vmi?.status?.conditions, 'Paused');
  return paused?.status === 'True' ? paused : undefined;
}

/** Whether all that a guest can write to survives a stop. */
export function disksLast({ spec }: Pick<VirtualMachine, 'spec'>): boolean {
  return imagesLast({ spec }) && (spec.template.spec?.volumes ?? []).every(({ emptyDisk }) => !emptyDisk);
}

/** Whether what was written over an image survives a stop. Disks that began empty are scratch when they do not last. */
export function imagesLast({ spec }: Pick<VirtualMachine, 'spec'>): boolean {
  const { domain, volumes = [] } = spec.template.spec ?? {};
  const cds = new Set(domain?.devices.disks?.filter(({ cdrom }) => cdrom).map(({ name }) => name));
  return volumes.every(({ name, containerDisk }) => cds.has(name) || !containerDisk);
}
