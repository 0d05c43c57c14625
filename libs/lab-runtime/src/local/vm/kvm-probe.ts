import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { DiskTool } from '../images/disk-tool.js';
import type { DriverContext } from '../systems/driver-context.js';

/** How the emulator gets at /dev/kvm: by the device's group, or without one where the device is open to all. */
export type KvmAccess = { group?: number };

const Probed = z.object({ bootId: z.string(), works: z.boolean() });
const device = '/dev/kvm';
const probeTimeoutMs = 20_000;
const worthMs = 1_500;
const worthFactor = 5;

/**
 * The first sector of a disk that, once the BIOS has really run it on the CPU, ends QEMU through its exit device:
 * `mov al, 0x10; out 0xf4, al; hlt`. QEMU then exits with 0x10 × 2 + 1.
 */
export const probeSector = Buffer.alloc(512);
probeSector.set([0xb0, 0x10, 0xe6, 0xf4, 0xf4]);
probeSector.set([0x55, 0xaa], 510);
export const probeExitCode = 33;
/** The BIOS does not boot from a disk of a single sector. */
const probeDiskBytes = 2 ** 20;

export function probeCommand(accelerator: 'kvm' | 'tcg'): string[] {
  const qemu = [
    ['qemu-system-x86_64', '-nodefaults', '-no-user-config', '-display', 'none', '-machine', 'q35', '-m', '64M'],
    ['-accel', accelerator, '-cpu', accelerator === 'kvm' ? 'host' : 'max'],
    ['-device', 'isa-debug-exit,iobase=0xf4,iosize=0x04', '-drive', 'file=/probe,format=raw,if=virtio,readonly=on'],
  ].flat();
  const timed = `s=$(date +%s%N); "$@"; [ $? = ${probeExitCode} ] && echo "booted in $(( ($(date +%s%N) - s) / 1000000 )) ms"`;
  return ['/bin/sh', '-c', timed, 'sh', 'timeout', '15', ...qemu];
}

/**
 * Whether KVM is worth using, by how long the same boot takes with it and by emulation, in ms. Inside some virtual machines
 * KVM runs a BIOS, but so slowly that a kernel never gets anywhere. Where it works a BIOS takes about as long as by
 * emulation, in a good nested one up to a few times that: it leaves the guest at every access to a device.
 */
export function isWorthUsing(kvmMs: number | undefined, emulatedMs: number | undefined): boolean {
  if (kvmMs === undefined) return false;
  return kvmMs <= Math.max(worthMs, worthFactor * (emulatedMs ?? 0));
}

/**
 * Whether guests can run on KVM here. A device file proves nothing (nested, forbidden or broken KVM), so a VM is
 * booted once with it and once without; the answer holds until the host boots again.
 */
export async function probeKvm(
  context: DriverContext,
  launcherImage: () => Promise<string>,
): Promise<KvmAccess | undefined> {
  const kvm = await stat(device).catch(() => undefined);
  if (!kvm?.isCharacterDevice()) return undefined;
  const open = (kvm.mode & 0o006) === 0o006;
  const way: KvmAccess = open ? {} : { group: kvm.gid };
  const bootId = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  const file = `${context.dataDir}/kvm.json`;
  const known = await readProbed(file);
  if (known?.bootId === bootId) return known.works ? way : undefined;
  const tool = new DiskTool(context, launcherImage);
  const kvmMs = await bootMs(context, tool, 'kvm', way);
  const works = kvmMs !== undefined && isWorthUsing(kvmMs, await bootMs(context, tool, 'tcg'));
  await writeFile(`${file}.${process.pid}`, JSON.stringify({ bootId, works }));
  await rename(`${file}.${process.pid}`, file);
  return works ? way : undefined;
}

/** Boots the probe disk in the launcher image. @returns how long QEMU took, in ms; undefined when nothing booted */
export async function bootMs(
  context: DriverContext,
  tool: DiskTool,
  accelerator: 'kvm' | 'tcg',
  way?: KvmAccess,
): Promise<number | undefined> {
  const disk = `${context.dataDir}/kvm-probe.img`;
  await mkdir(context.dataDir, { recursive: true });
  await writeFile(disk, Buffer.concat([probeSector], probeDiskBytes), { mode: 0o644 });
  await access(disk, constants.R_OK);
  try {
    const output = await tool.run({
      name: `kvm-probe-${process.pid}`,
      command: probeCommand(accelerator),
      mounts: [{ source: disk, target: '/probe', readOnly: true }],
      devices: accelerator === 'kvm' ? [device] : [],
      groups: way?.group === undefined ? [] : [way.group],
      timeoutMs: probeTimeoutMs,
    });
    const [, ms] = /booted in (\d+) ms/.exec(output) ?? [];
    return ms === undefined ? undefined : Number(ms);
  } catch {
    return undefined;
  }
}

async function readProbed(file: string): Promise<z.infer<typeof Probed> | undefined> {
  try {
    return Probed.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
