import { describe, expect, it } from 'vitest';
import { qemuArgs } from './qemu-args.js';
import { vm } from './testing/vm-lab.js';
import { tinyGuest } from './testing/tiny-guest.js';
import { type VmDisk, disksFile, vmDisks } from './vm-disks.js';
import { inside, runFiles } from './vm-layout.js';

const gib = 1024 ** 3;
const golden = { path: '/data/images/disks/base/disk.qcow2', virtualBytes: 2 * gib };
const disksOf = (system = vm('server')) => vmDisks(system.disks, () => golden);
const argsOf = (changes: Parameters<typeof vm>[1] = {}, kvm = false, macs = ['02:00:00:00:00:01']) => {
  const system = vm('server', changes);
  return qemuArgs({ system, disks: disksOf(system), macs, kvm });
};
/** All values of an option, e.g. of `-device`. */
const valuesOf = (args: string[], option: string) => args.filter((_value, n) => args[n - 1] === option);

describe('the command line of an emulator', () => {
  it.each([
    [undefined, true, 'host'],
    [undefined, false, 'max'],
    ['host-model', true, 'host'],
    ['host-model', false, 'max'],
    ['host-passthrough', true, 'host'],
    ['Skylake-Client-v3', true, 'Skylake-Client-v3'],
    ['qemu64', false, 'qemu64'],
  ])('CPU model %s with KVM %s is %s', (cpuModel, kvm, cpu) => {
    expect(valuesOf(argsOf({ cpuModel }, kvm), '-cpu')).toEqual([cpu]);
  });

  it.each(['host,-vmx', 'x y', '-cpu', 'a\nb', '', 'x'.repeat(64)])('refuses %j for a CPU model', (cpuModel) => {
    expect(() => argsOf({ cpuModel })).toThrow(/CPU model/);
  });

  it.each([
    [0.25, '1'],
    [1, '1'],
    [1.5, '2'],
    [4, '4'],
  ])('%d CPUs are %s virtual ones', (cpus, smp) => expect(valuesOf(argsOf({ cpus }), '-smp')).toEqual([smp]));

  it('names the accelerator, and bounds what emulation remembers', () => {
    expect(valuesOf(argsOf({}, true), '-accel')).toEqual(['kvm']);
    expect(valuesOf(argsOf({}, false), '-accel')).toEqual(['tcg,thread=multi,tb-size=128']);
  });

  it('starts neither without its sandbox nor with anything but what is listed', () => {
    const args = argsOf();
    expect(valuesOf(args, '-sandbox')).toEqual([
      'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny',
    ]);
    expect(args).toEqual(expect.arrayContaining(['-nodefaults', '-no-user-config']));
  });

  it('listens on Unix sockets only', () => {
    const listening = [...valuesOf(argsOf(), '-chardev'), ...valuesOf(argsOf(), '-vnc')];
    expect(listening).toHaveLength(4);
    for (const value of listening) expect(value).toMatch(/(path=|unix:)\/vm\/run\//);
  });

  it.each(['bios', 'uefi'] as const)('brings the firmware variables of its own only for UEFI: %s', (firmware) => {
    const flash = valuesOf(argsOf({ firmware }), '-drive');
    expect(flash).toHaveLength(firmware === 'uefi' ? 2 : 0);
    expect(flash.filter((value) => value.includes('readonly=off'))).toEqual(
      firmware === 'uefi' ? ['if=pflash,unit=1,format=raw,file=/vm/disks/vars.fd,readonly=off'] : [],
    );
  });

  it('has one NIC per network, without a boot ROM', () => {
    const args = argsOf({}, false, ['02:00:00:00:00:01', '02:00:00:00:00:02']);
    expect(valuesOf(args, '-netdev').map((value) => value.split(',')[2])).toEqual(['ifname=tap0', 'ifname=tap1']);
    expect(valuesOf(args, '-device').filter((value) => value.startsWith('virtio-net'))).toEqual([
      'virtio-net-pci,netdev=net0,mac=02:00:00:00:00:01,romfile=',
      'virtio-net-pci,netdev=net1,mac=02:00:00:00:00:02,romfile=',
    ]);
  });

  it('has a seed only with cloud-init, read-only', () => {
    expect(argsOf().join(' ')).not.toContain('seed');
    const seed = valuesOf(argsOf({ cloudInit: { userData: '#cloud-config' } }), '-blockdev').at(-1);
    expect(seed).toBe('driver=raw,node-name=seed,read-only=on,file.driver=file,file.filename=/vm/disks/seed.iso');
  });

  it('has an absolute pointer only with a desktop', () => {
    expect(argsOf().join(' ')).not.toContain('usb');
    expect(argsOf({ access: [{ kind: 'desktop', name: 'screen' }] })).toContain('usb-tablet,bus=usb.0');
  });

  it.each(Object.values(runFiles))('keeps %s within the limit of sockets', (name) => {
    expect(Buffer.byteLength(`${inside.run}/${name}`)).toBeLessThan(108);
  });

  it('stays within the limits of names with the longest that a lab may use', () => {
    const name = `a${'b'.repeat(39)}`;
    const disks = (['virtio', 'sata', 'scsi'] as const).map((bus) => ({
      kind: 'empty' as const,
      name,
      bus,
      persistent: true,
      sizeBytes: 1024 ** 2,
    }));
    const args = qemuArgs({ system: vm(name), disks: vmDisks(disks, () => golden), macs: [], kvm: false });
    const nodes = args.join(' ').matchAll(/node-name=([^,]+)/g);
    for (const [, node] of nodes) expect(node?.length).toBeLessThan(32);
    for (const [, serial] of args.join(' ').matchAll(/serial=(\w+)/g)) expect(serial?.length).toBeLessThanOrEqual(20);
  });
});

describe('the disks of a VM', () => {
  const image = { kind: 'image' as const, name: 'root', persistent: true, image: tinyGuest };
  const empty = (n: number, bus: 'virtio' | 'sata' | 'scsi', sizeBytes = gib) => ({
    kind: 'empty' as const,
    name: `data${n}`,
    bus,
    persistent: false,
    sizeBytes,
  });
  const laid = (disks: Parameters<typeof vmDisks>[0]) => vmDisks(disks, () => golden);
  const devices = (disks: VmDisk[]) =>
    valuesOf(qemuArgs({ system: vm('server'), disks, macs: [], kvm: false }), '-device').filter((value) =>
      value.includes('drive='),
    );

  it('boot in the order of the lab file, on the bus it names', () => {
    const disks = laid([
      { ...image, bus: 'virtio' },
      empty(1, 'sata'),
      empty(2, 'scsi'),
      { kind: 'cdrom', name: 'cd', bus: 'virtio', persistent: false, image: tinyGuest },
    ]);
    expect(devices(disks)).toEqual([
      'virtio-blk-pci,drive=disk0,bootindex=1,serial=root',
      'ide-hd,bus=ide.0,drive=disk1,bootindex=2,serial=data1',
      'scsi-hd,bus=scsi.0,drive=disk2,bootindex=3,serial=data2',
      'ide-cd,bus=ide.1,drive=disk3,bootindex=4,serial=cd',
    ]);
  });

  it.each([
    [undefined, undefined],
    [gib, 2 * gib],
    [2 * gib, 2 * gib],
    [5 * gib, 5 * gib],
  ])('asked for %s bytes on a golden disk of 2 GiB get %s', (sizeBytes, given) => {
    expect(laid([{ ...image, bus: 'virtio', sizeBytes }])[0]?.sizeBytes).toBe(given);
  });

  it('stand on the golden disk, which is opened read-only', () => {
    const disks = laid([{ ...image, bus: 'virtio', sizeBytes: 5 * gib }, empty(1, 'virtio')]);
    expect(disksFile(disks)).toBe(`/vm/disks/0.qcow2 ${5 * gib} /golden/0.qcow2\n/vm/disks/1.qcow2 ${gib} -\n`);
    const base = valuesOf(qemuArgs({ system: vm('server'), disks, macs: [], kvm: false }), '-blockdev')[0];
    expect(base).toContain('filename=/golden/0.qcow2,read-only=on');
  });

  it('flush to the host only where they are persistent', () => {
    const blocks = valuesOf(
      qemuArgs({
        system: vm('server'),
        disks: laid([{ ...image, bus: 'virtio' }, empty(1, 'virtio')]),
        macs: [],
        kvm: false,
      }),
      '-blockdev',
    );
    expect(blocks.filter((value) => value.includes('no-flush')).map((value) => value.split(',')[1])).toEqual([
      'node-name=disk1',
    ]);
  });

  it.each([
    ['nine disks', Array.from({ length: 9 }, (_none, n) => empty(n, 'virtio'))],
    ['seven SATA disks', Array.from({ length: 7 }, (_none, n) => empty(n, 'sata'))],
    ['a petabyte', [empty(0, 'virtio', 1024 * 1024 * gib)]],
    ['too much in sum', [empty(0, 'virtio', 200 * gib), empty(1, 'virtio', 200 * gib)]],
  ])('refuses %s', (_what, disks) => {
    expect(() => laid(disks)).toThrow(expect.objectContaining({ code: 'invalid_spec' }));
  });
});
