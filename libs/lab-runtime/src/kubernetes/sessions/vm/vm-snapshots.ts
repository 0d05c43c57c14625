import { randomBytes } from 'node:crypto';
import { RuntimeError } from '../../../port/runtime-error.js';
import type { SystemRef } from '../../../port/lab-runtime.js';
import { makesSnapshots } from '../../capacity/makes-snapshots.js';
import { hasStatus } from '../../client/api-error.js';
import type { Cluster } from '../../client/cluster.js';
import { kinds } from '../../client/kinds.js';
import { forgeRestore, forgeSnapshot, snapshotName } from '../../forge/vm/snapshots.js';
import { conditionOf, type Condition } from '../../inspect/vm/condition.js';
import { labelsOf } from '../../labels.js';
import { namespaceOf } from '../../names.js';

type WithStatus = { status?: { readyToUse?: boolean; complete?: boolean; conditions?: Condition[] } };

const namePattern = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;
const lookEveryMs = 1000;
const snapshotWithinMs = 300_000;

/** Points to return to, through KubeVirt's snapshots of VMs, where the cluster's storage can make them. */
export class VmSnapshots {
  constructor(private readonly parts: { cluster: Cluster; instance: string }) {}

  /** Returns once the point is there. */
  async snapshot(target: SystemRef, name: string): Promise<void> {
    await this.require(name);
    const object = forgeSnapshot(this.place(target), target.system, name);
    try {
      await this.parts.cluster.create(object, { kind: kinds.virtualMachineSnapshot });
    } catch (error) {
      // Made before, perhaps by a call that was interrupted: it is waited for again.
      if (!hasStatus(error, 409)) throw error;
    }
    await this.wait(target, kinds.virtualMachineSnapshot, snapshotName(target.system, name), 'readyToUse');
  }

  /** Stops the system and puts its disks back. Returns once that is done; starting it again is `restart`'s. */
  async restore(target: SystemRef, name: string): Promise<void> {
    await this.require(name);
    const { cluster } = this.parts;
    const place = this.place(target);
    const ref = {
      kind: kinds.virtualMachineSnapshot,
      namespace: place.namespace,
      name: snapshotName(target.system, name),
    };
    if (!(await cluster.read(ref))) {
      throw new RuntimeError('not_found', `${target.system} has no point "${name}" to return to.`, false);
    }
    const object = forgeRestore(place, target.system, name, randomBytes(4).toString('hex'));
    await cluster.create(object, { kind: kinds.virtualMachineRestore });
    await this.wait(target, kinds.virtualMachineRestore, object.metadata.name ?? '', 'complete');
  }

  private async require(name: string): Promise<void> {
    if (!namePattern.test(name)) {
      const text = `A point to return to is named by 1-40 lower-case letters, digits and "-", not "${name}".`;
      throw new RuntimeError('invalid_spec', text, false);
    }
    if (await makesSnapshots(this.parts.cluster)) return;
    throw new RuntimeError('unsupported', 'The storage of this cluster makes no snapshots of virtual machines.', false);
  }

  private async wait(
    target: SystemRef,
    kind: typeof kinds.virtualMachineSnapshot | typeof kinds.virtualMachineRestore,
    name: string,
    done: 'readyToUse' | 'complete',
  ): Promise<void> {
    const { namespace } = this.place(target);
    for (const deadline = Date.now() + snapshotWithinMs; Date.now() < deadline;) {
      const found: (WithStatus & object) | undefined = await this.parts.cluster.read({ kind, namespace, name });
      if (found?.status?.[done]) return;
      const failure = conditionOf(found?.status?.conditions, 'Failure');
      if (failure?.status === 'True') {
        const text = `${target.system} cannot be saved or put back: ${failure.message ?? failure.reason ?? ''}`;
        throw new RuntimeError('unsupported', text, false);
      }
      await new Promise((later) => setTimeout(later, lookEveryMs));
    }
    throw new RuntimeError('unreachable', `Saving or putting back ${target.system} takes too long.`, true);
  }

  private place({ sessionId, system }: SystemRef) {
    const { instance } = this.parts;
    return { namespace: namespaceOf(instance, sessionId), labels: labelsOf(instance, sessionId, system) };
  }
}
