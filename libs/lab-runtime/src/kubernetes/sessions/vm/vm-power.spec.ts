import { beforeEach, describe, expect, it } from 'vitest';
import type { Cluster } from '../../client/cluster.js';
import { hibernated } from '../../inspect/vm/hibernated.js';
import { isPaused, type VmRest } from './vm-rest.js';
import { is, vm, vmi } from '../../testing/vm-status.js';
import type { VirtualMachine } from '../../types/kubevirt/virtual-machine.js';
import type { VirtualMachineInstance } from '../../types/kubevirt/virtual-machine-instance.js';
import type { SessionView } from '../../watch/session-view.js';
import { VmPower } from './vm-power.js';

const target = { sessionId: '0b7f3f0e-5a52-4f1a-9d3e-2f6f2b8f0a11', system: 'server' };
const running = vmi('Running', [is('Ready', 'True')]);
const pausedFor = (ms: number) => {
  const lastTransitionTime = new Date(Date.now() - ms).toISOString();
  return vmi('Running', [{ type: 'Paused', status: 'True', reason: 'PausedByUser', lastTransitionTime }]);
};

/** One VM in a cluster that does at once what it is told. */
class OneMachine {
  readonly calls: string[] = [];
  vm: VirtualMachine = {
    ...vm({}),
    spec: {
      runStrategy: 'Always',
      template: { spec: { domain: { devices: {} }, volumes: [{ name: 'root', dataVolume: { name: 'server-root' } }] } },
    },
  };
  vmi: VirtualMachineInstance | undefined = running;
  /** How its guest ended: told to power off, which one that stands still does not hear. */
  ended: 'in order' | 'killed' | undefined;

  power(rest: VmRest): VmPower {
    const cluster = { put: (path: string) => this.tell(path), merge: (_: object, patch: object) => this.merge(patch) };
    const view = {
      vms: { store: { get: () => this.vm } },
      instances: { store: { get: () => this.vmi } },
      accept: () => undefined,
      until: (_: string, condition: () => boolean) => Promise.resolve(condition()),
    };
    const parts = { cluster: cluster as unknown as Cluster, view: view as unknown as SessionView, instance: 'main' };
    return new VmPower({ ...parts, ...rest });
  }

  private async tell(path: string): Promise<void> {
    const verb = path.split('/').at(-1) ?? '';
    this.calls.push(verb);
    this.vmi = verb === 'pause' ? pausedFor(0) : running;
  }

  private async merge({ metadata, spec }: Partial<VirtualMachine>): Promise<void> {
    this.calls.push(`${spec?.runStrategy}`);
    this.vm = {
      ...this.vm,
      metadata: { ...this.vm.metadata, ...metadata },
      spec: { ...this.vm.spec, ...spec },
    };
    if (spec?.runStrategy !== 'Halted') return;
    this.ended = isPaused(this.vmi) ? 'killed' : 'in order';
    this.vmi = undefined;
  }
}

describe('a virtual machine whose disks last', () => {
  let one: OneMachine;
  beforeEach(() => (one = new OneMachine()));

  it.each<[string, VmRest, boolean, VirtualMachineInstance, string[]]>([
    ['is frozen', {}, false, running, ['pause']],
    ['is shut down where the installation says so', { pause: 'hibernate' }, false, running, ['Halted']],
    ['is shut down where the lab says so', {}, true, running, ['Halted']],
    ['is left frozen, without a call', {}, false, pausedFor(9e6), []],
    ['is left frozen until its time has come', { hibernateAfterS: 60 }, false, pausedFor(50_000), []],
    ['is thawed and shut down then', { hibernateAfterS: 60 }, false, pausedFor(61_000), ['unpause', 'Halted']],
    ['is thawed and shut down where that is wished later', {}, true, pausedFor(0), ['unpause', 'Halted']],
  ])('%s', async (_, rest, atOnce, run, calls) => {
    one.vmi = run;
    await one.power(rest).pause(target, atOnce);
    expect(one.calls).toEqual(calls);
    expect(one.ended).toBe(calls.includes('Halted') ? 'in order' : undefined);
    // Whoever asks again changes nothing.
    await one.power(rest).pause(target, atOnce);
    expect(one.calls).toEqual(calls);
  });

  it('runs again as it did once it is resumed', async () => {
    one.vmi = pausedFor(61_000);
    await one.power({ hibernateAfterS: 60 }).pause(target);
    expect(one.vm).toMatchObject({ metadata: { annotations: { [hibernated]: 'Always' } } });
    await one.power({}).resume(target);
    expect(one.vm.spec.runStrategy).toBe('Always');
  });
});
