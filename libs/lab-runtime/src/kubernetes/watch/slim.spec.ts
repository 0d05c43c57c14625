import { readdirSync } from 'node:fs';
import type { DiskSpec, VmSystemSpec } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { planDisks } from '../forge/vm/disk-plan.js';
import { forgeVirtualMachine } from '../forge/vm/virtual-machine.js';
import { hibernated } from '../inspect/vm/hibernated.js';
import { observeVm } from '../inspect/vm/observe-vm.js';
import { disksLast, imagesLast } from '../sessions/vm/vm-rest.js';
import { recording, worldsOf } from '../testing/recording.js';
import { at, disk, is, vm, vmi } from '../testing/vm-status.js';
import { containerDisk, rootDisk, vmSystem } from '../testing/vm-system.js';
import type { VirtualMachine } from '../types/kubevirt/virtual-machine.js';
import { slimDisk, slimInstance, slimMachine } from './slim.js';

const names = readdirSync(new URL('../inspect/vm/recordings', import.meta.url))
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => name.replace('.jsonl', ''));
const system = { name: 'server', networks: ['lan'], ready: { timeoutS: 120 } };
const empty: DiskSpec = { kind: 'empty', name: 'data', bus: 'sata', persistent: false, sizeBytes: 64 };
const cd: DiskSpec = { kind: 'cdrom', name: 'tools', bus: 'virtio', persistent: false, image: containerDisk };

function forged(change: Partial<VmSystemSpec>) {
  const wanted = vmSystem(change);
  const disks = planDisks(wanted.name, wanted.disks, () => ({
    from: 'containerDisk',
    reference: 'registry.test/os:1',
  }));
  return forgeVirtualMachine({ namespace: 'lab-s1', system: wanted, disks, labels: {}, podLabels: {} }).virtualMachine;
}

describe('what is kept of a virtual machine', () => {
  it.each(names)('tells the same story: %s', (name) => {
    for (const world of worldsOf(recording(name))) {
      const slim = {
        ...world,
        vm: world.vm && slimMachine(world.vm),
        vmi: world.vmi && slimInstance(world.vmi),
        dataVolumes: world.dataVolumes.map(slimDisk),
      };
      for (const laterMs of [0, 60_000, 1_200_000]) {
        const nowMs = world.nowMs + laterMs;
        expect(observeVm({ system, ...slim, vm: slim.vm, nowMs })).toEqual(
          observeVm({ system, ...world, vm: world.vm, nowMs }),
        );
      }
    }
  });

  it.each<[string, Partial<VmSystemSpec>, { images: boolean; disks: boolean; seed: boolean }]>([
    ['one that begins anew', {}, { images: false, disks: false, seed: false }],
    ['scratch and a CD', { disks: [empty, cd] }, { images: true, disks: false, seed: false }],
    ['a CD alone', { disks: [cd] }, { images: true, disks: true, seed: false }],
    [
      'cloud-init',
      { disks: [rootDisk], cloudInit: { userData: '#cloud-config' } },
      { images: false, disks: false, seed: true },
    ],
  ])('tells what outlasts a stop: %s', (_, change, { images, disks, seed }) => {
    const whole = forged(change);
    const slim = slimMachine(whole);
    expect([imagesLast(slim), disksLast(slim)]).toEqual([images, disks]);
    expect([imagesLast(whole), disksLast(whole)]).toEqual([images, disks]);
    const volumes = slim.spec.template.spec?.volumes ?? [];
    expect(volumes.some(({ cloudInitNoCloud }) => cloudInitNoCloud !== undefined)).toBe(seed);
  });

  it('is its name and marks, its run strategy, its disks, and of its status what is looked at', () => {
    const status: VirtualMachine['status'] = {
      printableStatus: 'Running',
      conditions: [{ type: 'Failure', status: 'True', message: 'no room' }],
      startFailure: { consecutiveFailCount: 2 },
      stateChangeRequests: [{ action: 'Start' }],
    };
    const { metadata, spec } = forged({ disks: [cd] });
    const marks = { ...metadata, uid: 'u', resourceVersion: '7', annotations: { [hibernated]: 'Always' } };
    const whole = vm({ ...status, observedGeneration: 3, volumeSnapshotStatuses: [{ name: 'tools', enabled: false }] });
    const { domain, volumes } = spec.template.spec ?? {};
    expect(slimMachine({ ...whole, metadata: marks, spec })).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: marks,
      spec: {
        runStrategy: 'Always',
        template: { spec: { domain: { devices: { disks: domain?.devices.disks } }, volumes } },
      },
      status,
    });
  });

  it.each([
    [
      'a running machine',
      slimInstance,
      vmi('Running', [is('Ready', 'True')], { nodeName: 'n1', volumeStatus: [{ name: 'root', target: 'vda' }] }),
      {
        spec: { domain: { devices: {} }, volumes: [{ name: 'root', containerDisk: { image: 'registry.test/os:1' } }] },
        status: {
          phase: 'Running',
          conditions: [is('Ready', 'True')],
          interfaces: [{ name: 'default', ipAddress: '10.244.0.9' }],
          nodeName: 'n1',
          phaseTransitionTimestamps: [{ phase: 'Running', phaseTransitionTimestamp: at(5) }],
        },
      },
    ],
    [
      'a disk',
      slimDisk,
      {
        ...disk('ImportInProgress', [], { progress: '3%', restartCount: 1 }),
        spec: { source: { http: { url: 'x' } } },
      },
      { spec: {}, status: { phase: 'ImportInProgress', conditions: [], progress: '3%', restartCount: 1 } },
    ],
  ])('keeps of %s what is looked at', (_, slim: (object: never) => object, object, kept) => {
    const { apiVersion, kind, metadata } = object;
    expect(slim(object as never)).toEqual({ apiVersion, kind, metadata, ...kept });
  });
});
