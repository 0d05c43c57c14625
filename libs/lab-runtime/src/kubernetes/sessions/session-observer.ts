import type {
  ContainerSystemSpec,
  SessionObservation,
  SessionSpec,
  SystemObservation,
  VmSystemSpec,
} from '@lab-orchestrator/contracts';
import type { Cluster } from '../client/cluster.js';
import { RuntimeError } from '../../port/runtime-error.js';
import { kinds, type KubeEvent, type Namespace } from '../client/kinds.js';
import type { KubeObject } from '../client/kube-object.js';
import { observePod } from '../inspect/observe-pod.js';
import { podReasons } from '../inspect/pod-reasons.js';
import { timeOf } from '../inspect/vm/condition.js';
import { mayHaveCrashed, observeVm } from '../inspect/vm/observe-vm.js';
import { annotation, label } from '../labels.js';
import { namespaceOf } from '../names.js';
import type { SessionView } from '../watch/session-view.js';

export type ObserverParts = { cluster: Cluster; view: SessionView; instance: string };

/** A pod that has not started after so long is asked for its events, and now and then again. */
const eventsAfterMs = 30_000;
const eventsEveryMs = 30_000;
const eventsWithinMs = 3_000;
/** A service without a pod for so long: the pod was made and is gone, since both are made in one go. */
const deletedAfterMs = 60_000;

/** Tells the state of each system from what the watches know: no call of the API while all is well. */
export class SessionObserver {
  private readonly asked = new Map<string, { atMs: number; events: readonly KubeEvent[] }>();

  constructor(private readonly parts: ObserverParts) {}

  async observe(session: SessionSpec): Promise<SessionObservation> {
    const { view, instance } = this.parts;
    await view.ready();
    const namespace = view.namespaces.store.get(undefined, namespaceOf(instance, session.sessionId));
    const systems = await Promise.all(session.systems.map((system) => this.system(session, system, namespace)));
    return { sessionId: session.sessionId, systems };
  }

  private system(
    session: SessionSpec,
    system: SessionSpec['systems'][number],
    namespace: Namespace | undefined,
  ): Promise<SystemObservation> | SystemObservation {
    if (!namespace || namespace.metadata.deletionTimestamp) return absent(system.name);
    return system.kind === 'vm' ? this.vm(session, system) : this.container(system, namespace);
  }

  private async container(system: ContainerSystemSpec, namespace: Namespace): Promise<SystemObservation> {
    const { view } = this.parts;
    const paused = namespace.metadata.annotations?.[annotation.paused] !== undefined;
    const pod = view.pods.store.get(namespace.metadata.name, system.name);
    const nowMs = Date.now();
    if (!pod && paused) return { ...absent(system.name), state: 'paused', stage: 'ready' };
    const refused = pod ? undefined : view.refusals.lasting(namespace.metadata.name ?? '', system.name, nowMs);
    if (refused !== undefined) return notLetIn(system.name, refused);
    if (!pod) return this.isDeleted(namespace, system.name, nowMs) ? deleted(system.name) : absent(system.name);
    const waitsMs = nowMs - (timeOf(pod.metadata.creationTimestamp) ?? nowMs);
    const asks = pod.status?.phase === 'Pending' && waitsMs > eventsAfterMs;
    const events = asks ? await this.events(pod, nowMs) : [];
    return observePod({ system, pod, paused, events, nowMs });
  }

  private async vm({ sessionId }: SessionSpec, system: VmSystemSpec): Promise<SystemObservation> {
    const { view, instance } = this.parts;
    if (!view.vms) throw unseen(system.name);
    const namespace = namespaceOf(instance, sessionId);
    const dataVolumes = (view.dataVolumes?.store.ofSession(sessionId) ?? []).filter(
      ({ metadata }) => metadata.labels?.[label.system] === system.name,
    );
    const pod = view.pods.store
      .ofSession(sessionId)
      .find(({ metadata }) => metadata.labels?.['vm.kubevirt.io/name'] === system.name);
    const vmi = view.instances?.store.get(namespace, system.name);
    const nowMs = Date.now();
    const looked = { system, vm: view.vms.store.get(namespace, system.name), vmi, dataVolumes, pod, nowMs };
    const events = vmi && mayHaveCrashed(looked) ? await this.events(vmi, nowMs) : [];
    return observeVm({ ...looked, events });
  }

  private isDeleted(namespace: Namespace, system: string, nowMs: number): boolean {
    const since = timeOf(this.serviceOf(namespace, system)?.metadata.creationTimestamp);
    return since !== undefined && nowMs - since > deletedAfterMs;
  }

  private serviceOf({ metadata }: Namespace, system: string): KubeObject | undefined {
    const { apiVersion, kind } = kinds.service;
    return this.parts.view.known({ apiVersion, kind, metadata: { name: system, namespace: metadata.name } });
  }

  /**
   * Only for what does not start, or starts again: why stands nowhere else. Not asked for at each look, and not to be had
   * is no reason to fail.
   */
  private async events({ kind, metadata }: KubeObject, nowMs: number): Promise<readonly KubeEvent[]> {
    const { namespace, name, uid = '' } = metadata;
    const known = this.asked.get(uid);
    if (known && nowMs - known.atMs < eventsEveryMs) return known.events;
    const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name}`;
    // Whoever looks does not wait for an API server that is away: the rest is known.
    const scope = { namespace, fieldSelector, signal: AbortSignal.timeout(eventsWithinMs) };
    const events = await this.parts.cluster.list<KubeEvent>(kinds.event, scope).catch(() => []);
    // Whoever was asked about long ago has started, or is gone.
    for (const [one, { atMs }] of this.asked) if (nowMs - atMs > 10 * eventsEveryMs) this.asked.delete(one);
    this.asked.set(uid, { atMs: nowMs, events });
    return events;
  }
}

/** What cannot be looked at may well run. */
function unseen(name: string): RuntimeError {
  const text = `${name} is a virtual machine, and the cluster does not tell about machines (there is no KubeVirt with CDI).`;
  return new RuntimeError('unreachable', text, true);
}

function notLetIn(name: string, message: string): SystemObservation {
  return { ...absent(name), state: 'broken', reason: { ...podReasons.quotaExceeded(message), system: name } };
}

function absent(name: string): SystemObservation {
  return { name, state: 'absent', stage: 'image', addresses: {} };
}

/** Still `absent`, so that the next `apply` makes it again; the reason is for those who look. */
function deleted(name: string): SystemObservation {
  return { ...absent(name), stage: 'boot', reason: { ...podReasons.deleted(), system: name } };
}
