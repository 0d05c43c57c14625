import type { DiskSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';
import type { GoldenDisk } from '../images/disk-images.js';
import { inside } from './vm-layout.js';
import { maxDiskBytes, maxDisks, maxSataDisks } from './vm-limits.js';

/** One disk of a VM as the launcher and QEMU see it. */
export type VmDisk = {
  name: string;
  bus: DiskSpec['bus'];
  kind: DiskSpec['kind'];
  persistent: boolean;
  /** Qcow2 file inside the container that the guest writes to; absent for a CD. */
  file?: string;
  /** Golden disk below it: its file on the host and its path inside. */
  golden?: { hostPath: string; path: string };
  /** Size of the writable disk; undefined keeps the golden disk's. */
  sizeBytes?: number;
};

/** Lays out the disks of a VM. A disk is never smaller than the golden disk it stands on. */
export function vmDisks(specs: readonly DiskSpec[], goldenOf: (spec: DiskSpec) => GoldenDisk): VmDisk[] {
  refuseTooMuch(specs);
  return specs.map((spec, n) => {
    const { name, bus, kind, persistent } = spec;
    if (spec.kind === 'empty') return { name, bus, kind, persistent, file: fileOf(n), sizeBytes: spec.sizeBytes };
    const { path: hostPath, virtualBytes } = goldenOf(spec);
    const golden = { hostPath, path: `${inside.golden}/${n}.qcow2` };
    if (spec.kind === 'cdrom') return { name, bus: bus === 'virtio' ? 'sata' : bus, kind, persistent, golden };
    const sizeBytes = spec.sizeBytes === undefined ? undefined : Math.max(spec.sizeBytes, virtualBytes ?? 0);
    return { name, bus, kind, persistent, file: fileOf(n), golden, sizeBytes };
  });
}

/** By number: names of disks may be longer than what QEMU takes as a node name. */
const fileOf = (n: number) => `${inside.disks}/${n}.qcow2`;

function refuseTooMuch(specs: readonly DiskSpec[]): void {
  const sum = specs.reduce((bytes, spec) => bytes + (spec.kind === 'cdrom' ? 0 : (spec.sizeBytes ?? 0)), 0);
  const sata = specs.filter((spec) => spec.bus === 'sata' || (spec.kind === 'cdrom' && spec.bus === 'virtio')).length;
  const refuse = (text: string) => new RuntimeError('invalid_spec', text, false);
  if (specs.length > maxDisks) throw refuse(`A VM takes at most ${maxDisks} disks.`);
  if (sata > maxSataDisks) throw refuse(`A VM takes at most ${maxSataDisks} SATA disks and CDs.`);
  if (sum > maxDiskBytes) throw refuse(`The disks of a VM take at most ${maxDiskBytes} bytes together.`);
}

/** One line per writable disk for the launcher: file, size (0: the backing file's) and backing file (-: none). */
export function disksFile(disks: readonly VmDisk[]): string {
  return disks
    .filter((disk) => disk.file !== undefined)
    .map((disk) => `${disk.file} ${disk.sizeBytes ?? 0} ${disk.golden?.path ?? '-'}\n`)
    .join('');
}
