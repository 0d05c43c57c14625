import type { DiskSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../../port/runtime-error.js';
import { diskName } from '../../names.js';
import { maxDiskBytes, maxDisks, maxSataDisks } from './vm-limits.js';

/** Where the bytes of an image disk come from. */
export type DiskOrigin =
  | { from: 'containerDisk'; reference: string }
  /** A golden image: DataSource `name` in `namespace`. `sizeBytes` is what its DataVolume asked for. */
  | { from: 'golden'; namespace: string; name: string; sizeBytes: number };

/** One disk of a VM as KubeVirt is told of it. */
export type DiskPlan = {
  name: string;
  bus: DiskSpec['bus'];
  cdrom: boolean;
  source:
    /** Written to a layer that is gone when the VM stops. */
    | { kind: 'containerDisk'; reference: string }
    | { kind: 'emptyDisk'; sizeBytes: number }
    /** A DataVolume of the session, which survives stops. */
    | { kind: 'clone'; claim: string; golden: { namespace: string; name: string }; sizeBytes: number }
    | { kind: 'blank'; claim: string; sizeBytes: number };
};

/** Whether a disk is given to the VM as the image it is, without a copy on the cluster's storage. */
export function mountsDirectly(disk: Exclude<DiskSpec, { kind: 'empty' }>): boolean {
  return disk.kind === 'cdrom' || (!disk.persistent && disk.sizeBytes === undefined);
}

/** Lays out the disks of a VM. A clone is never smaller than the image it is made of. */
export function planDisks(
  system: string,
  disks: readonly DiskSpec[],
  originOf: (disk: DiskSpec) => DiskOrigin,
): DiskPlan[] {
  const plans = disks.map((disk) => planDisk(system, disk, originOf));
  refuseTooMuch(plans);
  return plans;
}

function planDisk(system: string, disk: DiskSpec, originOf: (disk: DiskSpec) => DiskOrigin): DiskPlan {
  const { name, bus } = disk;
  const claim = diskName(system, name);
  if (disk.kind === 'empty') {
    const { sizeBytes } = disk;
    const source = disk.persistent
      ? { kind: 'blank' as const, claim, sizeBytes }
      : { kind: 'emptyDisk' as const, sizeBytes };
    return { name, bus, cdrom: false, source };
  }
  const origin = originOf(disk);
  const cdrom = disk.kind === 'cdrom';
  // KubeVirt refuses a CD on the virtio bus.
  const plan = { name, bus: cdrom && bus === 'virtio' ? ('sata' as const) : bus, cdrom };
  if (origin.from === 'containerDisk') {
    return { ...plan, source: { kind: 'containerDisk', reference: origin.reference } };
  }
  const asked = disk.kind === 'image' ? (disk.sizeBytes ?? 0) : 0;
  const { namespace, name: golden } = origin;
  const sizeBytes = Math.max(asked, origin.sizeBytes);
  return { ...plan, source: { kind: 'clone', claim, golden: { namespace, name: golden }, sizeBytes } };
}

function refuseTooMuch(plans: readonly DiskPlan[]): void {
  const sum = plans.reduce((bytes, { source }) => bytes + ('sizeBytes' in source ? source.sizeBytes : 0), 0);
  const refuse = (text: string) => new RuntimeError('invalid_spec', text, false);
  if (plans.length > maxDisks) throw refuse(`A VM takes at most ${maxDisks} disks.`);
  if (plans.filter(({ bus }) => bus === 'sata').length > maxSataDisks)
    throw refuse(`A VM takes at most ${maxSataDisks} SATA disks and CDs.`);
  if (sum > maxDiskBytes) throw refuse(`The disks of a VM take at most ${maxDiskBytes} bytes together.`);
}
