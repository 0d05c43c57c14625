import type { VmDisk } from './vm-disks.js';

/** Both virtio and SATA cut serial numbers here. */
const serialLength = 20;

/** Block devices in boot order. Backing files are named here, not taken from what the overlay's header says. */
export function qemuDiskArgs(disks: readonly VmDisk[]): string[] {
  const scsi = disks.some((disk) => disk.bus === 'scsi') ? ['-device', 'virtio-scsi-pci,id=scsi'] : [];
  let port = 0;
  const nextPort = () => port++;
  return [...scsi, ...disks.flatMap((disk, n) => [...blockArgs(disk, n), '-device', deviceOf(disk, n, nextPort)])];
}

function blockArgs(disk: VmDisk, n: number): string[] {
  const { golden, file } = disk;
  const base = `base${n}`;
  const goldenArgs = golden && ['-blockdev', qcow2(file === undefined ? node(n) : base, golden.path, 'read-only=on')];
  if (file === undefined) return goldenArgs ?? [];
  // Losing the last seconds of a disk that is not persistent when the host itself crashes is no loss; flushes are dear.
  const flush = disk.persistent ? '' : ',cache.no-flush=on,file.cache.no-flush=on';
  const own = qcow2(node(n), file, `discard=unmap,file.discard=unmap${flush}${golden ? `,backing=${base}` : ''}`);
  return [...(goldenArgs ?? []), '-blockdev', own];
}

const qcow2 = (name: string, path: string, more: string) =>
  `driver=qcow2,node-name=${name},file.driver=file,file.filename=${path},${more}`;
const node = (n: number) => `disk${n}`;

function deviceOf(disk: VmDisk, n: number, nextPort: () => number): string {
  const device = { virtio: 'virtio-blk-pci', sata: 'ide', scsi: 'scsi' }[disk.bus];
  const model = disk.bus === 'virtio' ? device : `${device}-${disk.kind === 'cdrom' ? 'cd' : 'hd'}`;
  const bus = { virtio: '', sata: `,bus=ide.${disk.bus === 'sata' ? nextPort() : 0}`, scsi: ',bus=scsi.0' }[disk.bus];
  return `${model}${bus},drive=${node(n)},bootindex=${n + 1},serial=${disk.name.slice(0, serialLength)}`;
}
