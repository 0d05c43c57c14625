import type { VmSystemSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';
import { inside, runFiles } from './vm-layout.js';
import { translationBufferMib } from './vm-limits.js';
import { qemuDiskArgs } from './qemu-disk-args.js';
import type { VmDisk } from './vm-disks.js';

export type QemuInput = {
  system: VmSystemSpec;
  disks: readonly VmDisk[];
  macs: readonly string[];
  kvm: boolean;
};

const run = (name: string) => `${inside.run}/${name}`;

/** The whole command line of one VM, without the program. One argument per element, none with a line break. */
export function qemuArgs({ system, disks, macs, kvm }: QemuInput): string[] {
  const desktop = system.access.some((entry) => entry.kind === 'desktop');
  const args = [
    ['-name', `guest=${system.name}`],
    ['-nodefaults', '-no-user-config', '-display', 'none'],
    ['-machine', 'q35,vmport=off', '-accel', kvm ? 'kvm' : `tcg,thread=multi,tb-size=${translationBufferMib}`],
    ['-cpu', cpuModel(system.cpuModel, kvm), '-smp', String(Math.ceil(system.cpus))],
    ['-m', `${Math.ceil(system.memoryBytes / 1024 ** 2)}M`],
    ['-sandbox', 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'],
    ['-boot', 'strict=on', '-rtc', 'base=utc'],
    firmwareArgs(system.firmware),
    ['-chardev', `socket,id=qmp,path=${run(runFiles.qmp)},server=on,wait=off`, '-mon', 'chardev=qmp,mode=control'],
    serialArgs(),
    agentArgs,
    ['-vnc', `unix:${run(runFiles.vnc)},share=force-shared`, '-device', 'VGA,vgamem_mb=16'],
    // An absolute pointer, or the viewer's and the guest's would drift apart.
    desktop ? ['-device', 'qemu-xhci,id=usb', '-device', 'usb-tablet,bus=usb.0'] : [],
    ['-object', 'rng-random,id=rng,filename=/dev/urandom', '-device', 'virtio-rng-pci,rng=rng'],
    macs.flatMap(nicArgs),
    qemuDiskArgs(disks),
    system.cloudInit ? seedArgs : [],
  ].flat();
  const broken = args.find((argument) => /[\n\r\0]/.test(argument));
  if (broken !== undefined) throw new RuntimeError('invalid_spec', 'A value of the VM contains a line break.', false);
  return args;
}

/** `host-model` means: like the machine below, as far as the accelerator can. Other names are QEMU's own. */
function cpuModel(model: string | undefined, kvm: boolean): string {
  if (model === undefined || model === 'host-model' || model === 'host-passthrough') return kvm ? 'host' : 'max';
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(model)) {
    throw new RuntimeError('invalid_spec', `"${model}" is not the name of a CPU model.`, false);
  }
  return model;
}

function firmwareArgs(firmware: VmSystemSpec['firmware']): string[] {
  if (firmware === 'bios') return [];
  const flash = (unit: number, file: string, readOnly: boolean) =>
    `if=pflash,unit=${unit},format=raw,file=${file},readonly=${readOnly ? 'on' : 'off'}`;
  return [
    ['-drive', flash(0, '/usr/share/OVMF/OVMF_CODE_4M.fd', true)],
    ['-drive', flash(1, `${inside.disks}/vars.fd`, false)],
  ].flat();
}

/** Without a client the guest's output still goes to the log pipe; a client that goes away stops nothing. */
function serialArgs(): string[] {
  const socket = `socket,id=serial,path=${run(runFiles.serial)},server=on,wait=off,logfile=${run('serial.fifo')},logappend=on`;
  return ['-chardev', socket, '-device', 'isa-serial,chardev=serial'];
}

/** The port on which the guest agent listens, by the name that its packages and KubeVirt use. */
const agentArgs = [
  ['-chardev', `socket,id=agent,path=${run(runFiles.agent)},server=on,wait=off`, '-device', 'virtio-serial-pci'],
  ['-device', 'virtserialport,chardev=agent,name=org.qemu.guest_agent.0'],
].flat();

function nicArgs(mac: string, n: number): string[] {
  return [
    ['-netdev', `tap,id=net${n},ifname=tap${n},script=no,downscript=no`],
    // Without the ROM no firmware loses time on network boot.
    ['-device', `virtio-net-pci,netdev=net${n},mac=${mac},romfile=`],
  ].flat();
}

const seedArgs = [
  ['-blockdev', `driver=raw,node-name=seed,read-only=on,file.driver=file,file.filename=${inside.disks}/seed.iso`],
  ['-device', 'virtio-blk-pci,drive=seed'],
].flat();
