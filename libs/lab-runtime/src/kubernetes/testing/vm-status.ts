import type { DataVolume } from '../types/cdi/data-volume.js';
import type { VirtualMachine } from '../types/kubevirt/virtual-machine.js';
import type { VirtualMachineInstance } from '../types/kubevirt/virtual-machine-instance.js';
import type { Condition } from '../inspect/vm/condition.js';
import type { LookedAtVm } from '../inspect/vm/observe-vm.js';

export const startedMs = Date.parse('2026-11-24T03:50:00Z');
export const at = (seconds: number) => new Date(startedMs + seconds * 1000).toISOString();
export const system = { name: 'server', networks: ['lan', 'dmz'], ready: { timeoutS: 60 } };

type Machine = { printableStatus?: string; runStrategy?: string; deleted?: boolean } & VirtualMachine['status'];
export function vm({ runStrategy = 'Always', deleted, ...status }: Machine): VirtualMachine {
  const deletionTimestamp = deleted ? new Date(startedMs) : undefined;
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: 'server', creationTimestamp: new Date(startedMs), deletionTimestamp },
    spec: { runStrategy, template: {} },
    status,
  };
}
export function vmi(phase: string, conditions: Condition[] = [], more: VirtualMachineInstance['status'] = {}) {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: { name: 'server', creationTimestamp: new Date(startedMs) },
    spec: { domain: { devices: {} }, volumes: [{ name: 'root', containerDisk: { image: 'registry.test/os:1' } }] },
    status: {
      phase,
      conditions,
      interfaces: [{ name: 'default', ipAddress: '10.244.0.9' }],
      phaseTransitionTimestamps: [{ phase: 'Running', phaseTransitionTimestamp: at(5) }],
      ...more,
    },
  } as VirtualMachineInstance;
}
export function disk(
  phase: string | undefined,
  conditions: Condition[] = [],
  more: DataVolume['status'] = {},
): DataVolume {
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { name: 'server-root', creationTimestamp: new Date(startedMs) },
    spec: {},
    status: { phase, conditions, ...more } as DataVolume['status'],
  };
}
export const is = (type: string, status: string, reason?: string, message?: string, seconds = 0): Condition => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: at(seconds),
});
export const looked = (change: Partial<LookedAtVm>, seconds = 6): LookedAtVm => ({
  system,
  vm: vm({ printableStatus: 'Running' }),
  dataVolumes: [],
  nowMs: startedMs + seconds * 1000,
  ...change,
});
