import { RuntimeError } from '../../../port/runtime-error.js';
import type { SystemRef } from '../../../port/lab-runtime.js';
import type { Cluster } from '../../client/cluster.js';
import { kinds } from '../../client/kinds.js';
import { hibernated } from '../../inspect/vm/hibernated.js';
import { namespaceOf } from '../../names.js';
import type { VirtualMachine } from '../../types/kubevirt/virtual-machine.js';
import type { VirtualMachineInstance } from '../../types/kubevirt/virtual-machine-instance.js';
import type { SessionView } from '../../watch/session-view.js';
import { tellVm } from './subresources.js';
import { frozenSince, imagesLast, isPaused, shutsDown, type VmRest } from './vm-rest.js';

export type VmPowerParts = VmRest & { cluster: Cluster; view: SessionView; instance: string };

/** A guest that is on its way is waited for; one that takes longer has done nothing that could be lost. */
const runsWithinMs = 20_000;
/** KubeVirt takes fractions of a second to pause, and the guest's grace period to stop. */
const pausedWithinMs = 15_000;
const stoppedWithinMs = 45_000;

/** Pauses, resumes and restarts VMs. It is the status that counts, never the answer to a call. */
export class VmPower {
  constructor(private readonly parts: VmPowerParts) {}

  /** Asked again of a frozen VM, it does nothing until that one is to be shut down. */
  async pause(target: SystemRef, atOnce = false): Promise<void> {
    const vm = this.vm(target);
    if (vm.metadata.annotations?.[hibernated] !== undefined) return;
    if (!this.startsOrRuns(target)) return;
    const now = { atOnce, nowMs: Date.now() };
    if (shutsDown(vm, this.vmi(target), this.parts, now)) return this.hibernate(target);
    if (isPaused(this.vmi(target))) return;
    const runs = () => this.vmi(target)?.status?.phase === 'Running' || !this.startsOrRuns(target);
    // What cannot be frozen because it does not start is shut down, so that it does not start during the pause.
    if (!(await this.until(target, runs, runsWithinMs))) return this.hibernate(target);
    if (!this.startsOrRuns(target)) return;
    await this.tell(target, 'pause');
    await this.expect(target, 'pause', () => isPaused(this.vmi(target)) || !this.startsOrRuns(target));
  }

  async resume(target: SystemRef): Promise<void> {
    const vm = this.vm(target);
    const strategy = vm.metadata.annotations?.[hibernated];
    if (strategy !== undefined) await this.wake(target, strategy);
    if (isPaused(this.vmi(target))) await this.thaw(target);
  }

  /** In place. Also starts a VM that was stopped, or gave up. */
  async restart(target: SystemRef): Promise<void> {
    const vm = this.vm(target);
    await this.resume(target);
    const vmi = this.vmi(target);
    if (vmi?.status?.phase === 'Running' && !imagesLast(vm)) {
      // A new launcher would begin with a fresh system disk; the button on the front keeps it.
      if ((await this.tell(target, 'reset')) === 'accepted') return;
    }
    const told = vmi ? await this.tell(target, 'restart') : 'conflict';
    if (told === 'accepted') {
      await this.expect(target, 'restart', () => this.vmi(target)?.metadata.uid !== vmi?.metadata.uid, stoppedWithinMs);
      return;
    }
    if ((await this.tell(target, 'start')) === 'accepted') return;
    // KubeVirt starts it anyway ("Always"), or still takes the old one away.
    if (vm.spec.runStrategy !== 'Always') throw busy(target, 'restart');
  }

  /** Shuts the guest down; its disks stay. The run strategy it had is kept beside the one it has now. */
  private async hibernate(target: SystemRef): Promise<void> {
    const { runStrategy = 'Always' } = this.vm(target).spec;
    if (frozenSince(this.vmi(target)) !== undefined) await this.thaw(target);
    await this.change(target, {
      metadata: { annotations: { [hibernated]: runStrategy } },
      spec: { runStrategy: 'Halted' },
    });
    await this.expect(target, 'shut down', () => !this.vmi(target), stoppedWithinMs);
  }

  /** A guest that stands still cannot answer when it is told to power off, and is killed. */
  private async thaw(target: SystemRef): Promise<void> {
    await this.tell(target, 'unpause');
    await this.expect(target, 'resume', () => !isPaused(this.vmi(target)));
  }

  private async wake(target: SystemRef, runStrategy: string): Promise<void> {
    const gone = () => !this.vmi(target) || this.vmi(target)?.status?.phase === 'Running';
    await this.expect(target, 'shut down', gone, stoppedWithinMs);
    await this.change(target, { metadata: { annotations: { [hibernated]: null } }, spec: { runStrategy } });
    if (runStrategy === 'Manual') await this.tell(target, 'start');
  }

  private async change(target: SystemRef, patch: object): Promise<void> {
    const ref = { kind: kinds.virtualMachine, namespace: this.namespace(target), name: target.system };
    this.parts.view.accept(await this.parts.cluster.merge(ref, patch));
  }

  private tell(target: SystemRef, verb: Parameters<typeof tellVm>[3]) {
    return tellVm(this.parts.cluster, this.namespace(target), target.system, verb);
  }

  private until(target: SystemRef, condition: () => boolean, timeoutMs: number): Promise<boolean> {
    return this.parts.view.until(target.sessionId, condition, timeoutMs);
  }

  private async expect(
    target: SystemRef,
    doing: string,
    condition: () => boolean,
    timeoutMs = pausedWithinMs,
  ): Promise<void> {
    if (!(await this.until(target, condition, timeoutMs))) throw busy(target, doing);
  }

  /** A VM that runs, is about to, or is between two runs. */
  private startsOrRuns(target: SystemRef): boolean {
    const phase = this.vmi(target)?.status?.phase;
    return phase === undefined || phase === ''
      ? this.vm(target).spec.runStrategy === 'Always' || this.vmi(target) !== undefined
      : phase !== 'Succeeded' && phase !== 'Failed';
  }

  private vm(target: SystemRef): VirtualMachine {
    const found = this.parts.view.vms?.store.get(this.namespace(target), target.system);
    if (found) return found;
    const text = `There is no virtual machine ${target.system} in session ${target.sessionId}.`;
    throw new RuntimeError('not_found', text, false);
  }

  private vmi(target: SystemRef): VirtualMachineInstance | undefined {
    return this.parts.view.instances?.store.get(this.namespace(target), target.system);
  }

  private namespace({ sessionId }: SystemRef): string {
    return namespaceOf(this.parts.instance, sessionId);
  }
}

const busy = ({ system }: SystemRef, doing: string) =>
  new RuntimeError('unreachable', `The cluster does not ${doing} ${system} in time; it goes on trying.`, true);
