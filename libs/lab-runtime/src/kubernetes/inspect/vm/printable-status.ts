/** Every word that KubeVirt 1.9 puts into `status.printableStatus` of a VirtualMachine. */
export const printableStatuses = [
  'Stopped',
  'Provisioning',
  'Starting',
  'Running',
  'Paused',
  'Stopping',
  'Terminating',
  'CrashLoopBackOff',
  'Migrating',
  'Unknown',
  'ErrorUnschedulable',
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrorPvcNotFound',
  'DataVolumeError',
  'WaitingForVolumeBinding',
  'WaitingForReceiver',
] as const;
export type PrintableStatus = (typeof printableStatuses)[number];

/** Undefined for a VM that no controller has seen yet, and for words that a later KubeVirt may bring. */
export function printableStatusOf(text: string | undefined): PrintableStatus | undefined {
  return printableStatuses.find((status) => status === text);
}
