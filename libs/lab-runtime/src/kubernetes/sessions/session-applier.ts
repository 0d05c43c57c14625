import type { ContainerSystemSpec, SessionSpec, VmSystemSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';
import type { ClusterFacts } from '../capacity/cluster-facts.js';
import type { Cluster } from '../client/cluster.js';
import type { Pod } from '../client/kinds.js';
import { extraObjectsFor } from '../forge/extra-objects.js';
import { filesSecretFor } from '../forge/files.js';
import type { ForgeSettings } from '../forge/forge-settings.js';
import { limitRangeFor, resourceQuotaFor } from '../forge/limits.js';
import { networkAttachmentsFor } from '../forge/multus.js';
import { namespaceFor, serviceAccountFor } from '../forge/namespace.js';
import { podFor } from '../forge/pod.js';
import { podSecurityOf } from '../forge/pod-security.js';
import { policiesFor } from '../forge/policies.js';
import { serviceFor } from '../forge/service.js';
import { annotation } from '../labels.js';
import { namespaceOf } from '../names.js';
import type { SessionView } from '../watch/session-view.js';
import { adoptMachine, adoptPod } from './adopt.js';
import type { RemovalLedger } from './ledger.js';
import { type Claim, claimSession, confirmClaim } from './session-claim.js';
import { SessionWriter } from './session-writer.js';
import type { VmSystems } from './vm-systems.js';

export type ApplierParts = {
  cluster: Cluster;
  view: SessionView;
  ledger: RemovalLedger;
  settings: ForgeSettings;
  /** What the cluster can do, as it was probed last. */
  facts(): Promise<ClusterFacts>;
  /** Lets nothing begin on a cluster that does not keep labs apart. */
  requireIsolation(): Promise<void>;
  vms: VmSystems;
};

/** Builds what is missing of a session, isolation first. Safe to repeat, to interrupt anywhere, and to run twice at once. */
export class SessionApplier {
  constructor(private readonly parts: ApplierParts) {}

  async apply(session: SessionSpec, signal?: AbortSignal): Promise<void> {
    const { cluster, view, settings } = this.parts;
    const facts = await this.parts.facts();
    // Forged before anything is written: what is refused leaves nothing behind.
    const namespace = namespaceFor(settings.instance, session, podSecurityOf(settings, session, facts.forge));
    const pods = new Map(
      containersOf(session).map((system) => [system.name, podFor(settings, session, system, facts.forge)]),
    );
    await Promise.all([view.ready(), this.parts.requireIsolation()]);
    this.refuseImpossible(session);
    signal?.throwIfAborted();
    const claim = await claimSession(this.parts, namespace, session.sessionId);
    const writer = new SessionWriter({ cluster, view }, claim, signal);
    const results = await this.write(session, pods, facts, writer).catch((error: unknown) =>
      this.confirmAfter(error, claim, writer),
    );
    if (writer.hasWritten) await this.confirm(claim, writer);
    throwWorst(results);
  }

  private async write(
    session: SessionSpec,
    pods: ReadonlyMap<string, Pod>,
    facts: ClusterFacts,
    writer: SessionWriter,
  ): Promise<PromiseSettledResult<void>[]> {
    const { settings } = this.parts;
    const { instance } = settings;
    // Nothing of a lab ever runs before its policies and limits are there.
    await all([
      ...policiesFor(settings, session, facts.forge).map((policy) => writer.ensure(policy)),
      writer.ensure(resourceQuotaFor(settings, session)),
      writer.ensure(limitRangeFor(settings, session)),
      writer.impose(serviceAccountFor(instance, session.sessionId)),
    ]);
    await all([
      ...session.systems.map((system) => writer.ensure(serviceFor(instance, session.sessionId, system))),
      ...networkAttachmentsFor(settings, session, facts.forge).map((network) => writer.ensure(network)),
    ]);
    if (this.isPaused(session)) return [];
    return Promise.allSettled([
      ...containersOf(session).map((system) => this.container(session, system, pods.get(system.name), writer)),
      ...vmsOf(session).map((system) => this.vm(session, system, facts, writer)),
      // Secrets are never read back, so one that is there is left as it is.
      ...extraObjectsFor(instance, session).map((object) =>
        object.kind === 'Secret' ? writer.ensureOnce(object).then(() => undefined) : writer.ensure(object),
      ),
    ]);
  }

  /** Existing pods are left alone: their end is for `observe` to tell and for `restart` to mend. */
  private async container(
    session: SessionSpec,
    system: ContainerSystemSpec,
    pod: Pod | undefined,
    writer: SessionWriter,
  ): Promise<void> {
    const { pods, refusals } = this.parts.view;
    const known = pod && pods.store.get(pod.metadata.namespace, system.name);
    if (known?.metadata.deletionTimestamp) {
      throw new RuntimeError('unreachable', `The last pod of ${system.name} is still ending.`, true);
    }
    if (known) await adoptPod(writer, known);
    if (!pod || known) return;
    const files = filesSecretFor(this.parts.settings.instance, session.sessionId, system);
    if (files) await writer.ensureOnce(files);
    const namespace = pod.metadata.namespace ?? '';
    try {
      await writer.ensureOnce(pod);
      refusals.forget(namespace, system.name);
    } catch (error) {
      // `observe` tells what lasts.
      if (!refusals.note(namespace, system.name, error)) throw error;
    }
  }

  private async vm(
    session: SessionSpec,
    system: VmSystemSpec,
    facts: ClusterFacts,
    writer: SessionWriter,
  ): Promise<void> {
    const { vms, view, settings } = this.parts;
    const namespace = namespaceOf(settings.instance, session.sessionId);
    const known = view.vms?.store.get(namespace, system.name);
    if (known) return adoptMachine(writer, known, view.dataVolumes?.store.ofSession(session.sessionId) ?? []);
    for (const object of await vms.forge(session, system, facts.forge)) await writer.ensureOnce(object);
  }

  private isPaused({ sessionId }: SessionSpec): boolean {
    const namespace = namespaceOf(this.parts.settings.instance, sessionId);
    const known = this.parts.view.namespaces.store.get(undefined, namespace);
    return known?.metadata.annotations?.[annotation.paused] !== undefined;
  }

  /** A writer that failed half-way may have failed because it came too late; then that is what is told. */
  private async confirmAfter(error: unknown, claim: Claim, writer: SessionWriter): Promise<never> {
    if (!writer.hasWritten) throw error;
    try {
      await this.confirm(claim, writer);
    } catch (late) {
      if (late instanceof RuntimeError && late.code === 'stale_generation') throw late;
    }
    throw error;
  }

  /** Undoes and throws when this generation is not the wish any more: a worker that slept must leave no trace. */
  private async confirm(claim: Claim, writer: SessionWriter): Promise<void> {
    try {
      await confirmClaim(this.parts, claim);
    } catch (error) {
      if (error instanceof RuntimeError && error.code === 'stale_generation') await writer.undo();
      throw error;
    }
  }

  private refuseImpossible(session: SessionSpec): void {
    const [vm] = vmsOf(session);
    if (!vm || this.parts.view.vms) return;
    const text = `${vm.name} is a virtual machine, and this cluster has no KubeVirt with CDI.`;
    throw new RuntimeError('unsupported', text, false);
  }
}

function containersOf({ systems }: SessionSpec): ContainerSystemSpec[] {
  return systems.filter((system) => system.kind === 'container');
}

function vmsOf({ systems }: SessionSpec): VmSystemSpec[] {
  return systems.filter((system) => system.kind === 'vm');
}

/** Waits for all, also when one fails, so that nothing is written after the call has ended. */
async function all(writes: readonly Promise<void>[]): Promise<void> {
  throwWorst(await Promise.allSettled(writes));
}

/** Everything that could be built is built; then what is hopeless is told before what may be tried again. */
function throwWorst(results: readonly PromiseSettledResult<void>[]): void {
  const errors = results.filter((result) => result.status === 'rejected').map((result): unknown => result.reason);
  if (errors.length === 0) return;
  throw errors.find((error) => !(error instanceof RuntimeError && error.retryable)) ?? errors[0];
}
