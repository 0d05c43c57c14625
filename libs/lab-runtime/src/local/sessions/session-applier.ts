import { mkdir } from 'node:fs/promises';
import type { SessionSpec, SystemSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';
import type { ContainerStore } from '../containers/container-store.js';
import type { Placement } from '../containers/placement.js';
import { asRuntimeError, messageOf } from '../engine/engine-errors.js';
import type { Firewall } from '../networks/firewall.js';
import type { LabNames } from '../networks/lab-names.js';
import type { LabNetwork, SessionNetworks } from '../networks/session-networks.js';
import type { ContainerFacts } from '../systems/container-facts.js';
import type { ContainerPlan } from '../systems/container-plan.js';
import type { Drivers } from '../systems/drivers.js';
import { attachmentsOf, placementOf } from './placements.js';
import type { SessionFolders } from './session-folders.js';
import type { SessionLedger } from './session-ledger.js';

export type ApplierParts = {
  instance: string;
  ledger: SessionLedger;
  folders: SessionFolders;
  networks: SessionNetworks;
  firewall: Firewall;
  names: LabNames;
  containers: ContainerStore;
  drivers: Drivers;
  limits: Placement['limits'];
};

/** Builds what is missing of a session. Safe to repeat, to interrupt anywhere, and to run twice at the same time. */
export class SessionApplier {
  constructor(private readonly parts: ApplierParts) {}

  async apply(session: SessionSpec, signal?: AbortSignal): Promise<void> {
    const { ledger, networks, firewall, containers, names } = this.parts;
    if (session.kubernetesObjects?.length) {
      throw new RuntimeError('unsupported', 'This lab brings objects of Kubernetes, and this is no cluster.', false);
    }
    await ledger.claim(session.sessionId, session.generation);
    signal?.throwIfAborted();
    const [listed, made] = await Promise.all([containers.list(session.sessionId), networks.ensure(session)]);
    const existing = new Map(listed.map((container) => [container.system, container]));
    // Before the first container: nothing of a lab ever runs without them.
    await firewall.isolate(made);
    await this.unlessStale(session, () => this.withdraw(session));
    const results = await Promise.allSettled(
      session.systems.map((system) => this.ensure(session, system, made, existing.get(system.name), signal)),
    );
    await this.unlessStale(session, () => this.withdraw(session));
    await names.publish(session, made);
    await this.unlessStale(session, () => names.withdraw(session.sessionId, made));
    throwWorst(results);
  }

  private async ensure(
    session: SessionSpec,
    system: SystemSpec,
    networks: LabNetwork[],
    existing: ContainerFacts | undefined,
    signal?: AbortSignal,
  ): Promise<void> {
    // One that has run is never changed: its end is for `observe` to tell and for `restart` to mend.
    if (existing && existing.state !== 'created') return;
    const { ledger, containers, names, instance, limits } = this.parts;
    if (existing && (await ledger.broken(session.sessionId, system.name))) return;
    signal?.throwIfAborted();
    const plan = await this.plan(session, system, networks);
    const host = { nameServers: names.serversFor(attachmentsOf(session, system, networks)), limits };
    const { id, created } = await containers.create(plan, placementOf(instance, session, system, networks, plan, host));
    const undo = async () => (created ? containers.remove(id) : undefined);
    await this.unlessStale(session, undo);
    if (!created && !existing && (await this.hasStarted(session, system))) return;
    await containers.putFiles(id, plan, '/home/lab');
    if (!plan.start) return;
    await this.start(session, system, id);
    await this.unlessStale(session, undo);
    await this.provenIsolation(networks, system, id);
  }

  private async plan(session: SessionSpec, system: SystemSpec, networks: LabNetwork[]): Promise<ContainerPlan> {
    const { drivers } = this.parts;
    const place = this.parts.folders.place(session, system, attachmentsOf(session, system, networks));
    await mkdir(place.folder, { recursive: true, mode: 0o700 });
    return system.kind === 'vm' ? drivers.vm.plan(place, system) : drivers.container.plan(place, system);
  }

  /** A command that is not in the image is the lab's fault: it is noted for `observe`, not tried for ever. */
  private async start(session: SessionSpec, system: SystemSpec, id: string): Promise<void> {
    try {
      await this.parts.containers.start(id);
    } catch (error) {
      const message = messageOf(error);
      if (
        !/not found|no such file|permission denied|exec format|is a directory/i.test(message) ||
        /no container/i.test(message)
      ) {
        throw asRuntimeError(error, `Starting ${system.name}`);
      }
      await this.parts.ledger.noteBroken(session.sessionId, system.name, {
        code: 'system_not_startable',
        system: system.name,
        text: `${system.name} cannot be started: ${message}`,
        advice: 'Tell the author of the lab: the command of this system is not in its image.',
      });
    }
  }

  private async hasStarted(session: SessionSpec, system: SystemSpec): Promise<boolean> {
    const found = (await this.parts.containers.list(session.sessionId)).find(
      (container) => container.system === system.name,
    );
    return found !== undefined && found.state !== 'created';
  }

  private async provenIsolation(networks: LabNetwork[], system: SystemSpec, id: string): Promise<void> {
    const own = networks.filter((network) => system.networks.includes(network.network));
    const held = await Promise.all(own.map((network) => this.parts.firewall.holdsFor(network)));
    if (held.every(Boolean)) return;
    await this.parts.containers.remove(id);
    const text =
      'The engine makes the networks of labs where this process cannot set firewall rules, so no lab is started.';
    throw new RuntimeError('isolation_impossible', text, false);
  }

  /** Undoes and throws when this generation is not the wish any more: a worker that slept must leave no trace. */
  private async unlessStale(session: SessionSpec, undo: () => Promise<unknown>): Promise<void> {
    try {
      await this.parts.ledger.check(session.sessionId, session.generation);
    } catch (error) {
      await undo();
      throw error;
    }
  }

  /** Networks are shared with a later wish, and are left to it; after a removal nothing may stay. */
  private async withdraw(session: SessionSpec): Promise<void> {
    const { ledger, networks, firewall } = this.parts;
    if (!(await ledger.isRemoved(session.sessionId))) return;
    const made = await networks.list(session.sessionId);
    await firewall.forget(made);
    await Promise.all(made.map((network) => networks.remove(network)));
  }
}

/** Everything that could be built is built; then what is hopeless is told before what may be tried again. */
function throwWorst(results: PromiseSettledResult<void>[]): void {
  const errors = results.filter((result) => result.status === 'rejected').map((result): unknown => result.reason);
  const hopeless = errors.find((error) => !(error instanceof RuntimeError && error.retryable));
  if (errors.length > 0) throw asRuntimeError(hopeless ?? errors[0], 'Building the lab');
}
