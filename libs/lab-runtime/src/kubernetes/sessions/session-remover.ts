import { RuntimeError } from '../../port/runtime-error.js';
import { ApiError } from '../client/api-error.js';
import type { Cluster } from '../client/cluster.js';
import { kinds, type Namespace } from '../client/kinds.js';
import type { Kind } from '../client/kube-object.js';
import { type Leftover, namespaceEndOf } from '../inspect/namespace-end.js';
import { label } from '../labels.js';
import { namespaceOf } from '../names.js';
import type { SessionView } from '../watch/session-view.js';
import type { RemovalLedger } from './ledger.js';

export type RemoverParts = {
  cluster: Cluster;
  view: SessionView;
  ledger: RemovalLedger;
  instance: string;
  /** After so long a deletion counts as stuck, and what holds it is looked for, in ms. */
  stuckAfterMs: number;
  /** Told of every object whose finalizers are taken away, before it is done. */
  audit(entry: ForcedRemoval): Promise<void> | void;
};

/** One row of the audit: whose finalizers were taken from what, on whose wish. */
export type ForcedRemoval = {
  sessionId: string;
  actor: string;
  kind: string;
  name: string;
  finalizers: string[];
};

/** An object that will not go, and what holds it. */
type Held = { kind: Kind; name: string; namespace: string; finalizers: string[] };

/** Removes everything of a session: its namespace, followed to its end. */
export class SessionRemover {
  constructor(private readonly parts: RemoverParts) {}

  async remove(sessionId: string): Promise<{ gone: boolean; remaining: string[] }> {
    const { cluster, view, ledger, stuckAfterMs } = this.parts;
    const namespace = await this.namespace(sessionId);
    await ledger.markRemoved(sessionId);
    if (!namespace) return { gone: true, remaining: [] };
    const { name = '', uid, deletionTimestamp } = namespace.metadata;
    if (!deletionTimestamp) {
      await cluster.remove({ kind: kinds.namespace, name }, { preconditions: { uid } });
      return { gone: false, remaining: [`Namespace/${name}`, ...view.objectsOf(sessionId)] };
    }
    const end = namespaceEndOf(namespace, Date.now());
    const known = view.objectsOf(sessionId);
    if (end.forMs < stuckAfterMs) return { gone: false, remaining: [`Namespace/${name}`, ...known] };
    const held = await this.held(name, end.leftovers);
    const named = held.map((one) => `${one.kind.kind}/${one.name} is held by ${one.finalizers.join(', ')}`);
    const minutes = Math.floor(end.forMs / 60_000);
    const obstacle = end.obstacle === undefined ? [] : [end.obstacle];
    return {
      gone: false,
      remaining: [
        `Namespace/${name} has been ending for ${minutes} minutes`,
        ...obstacle,
        ...(named.length > 0 ? named : known),
      ],
    };
  }

  /**
   * Takes the finalizers from what holds a removed session, so that it goes. What they guarded (a volume, an address) may
   * stay behind outside of the cluster, so a person must ask for it, and each step is audited first.
   */
  async forceRemove(sessionId: string, actor: string): Promise<ForcedRemoval[]> {
    const { cluster } = this.parts;
    const namespace = await this.namespace(sessionId);
    if (!namespace) return [];
    if (!namespace.metadata.deletionTimestamp) {
      const text = `Session ${sessionId} is not being removed: remove it, and force only what does not go.`;
      throw new RuntimeError('invalid_spec', text, false);
    }
    const { name = '' } = namespace.metadata;
    const forced: ForcedRemoval[] = [];
    for (const held of await this.held(name, namespaceEndOf(namespace, Date.now()).leftovers)) {
      const entry = { sessionId, actor, kind: held.kind.kind, name: held.name, finalizers: held.finalizers };
      await this.parts.audit(entry);
      await cluster.merge(held, { metadata: { finalizers: null } });
      forced.push(entry);
    }
    return forced;
  }

  /** The watch's word when it knows the namespace, else the API server's own: what is unknown is not gone. */
  private async namespace(sessionId: string): Promise<Namespace | undefined> {
    const { cluster, view, instance } = this.parts;
    const name = namespaceOf(instance, sessionId);
    await view.ready();
    const known = view.namespaces.store.get(undefined, name);
    const found = known ?? (await cluster.read({ kind: kinds.namespace, name }));
    return found?.metadata.labels?.[label.instance] === instance ? found : undefined;
  }

  /** Objects of the kinds that are left which have finalizers. */
  private async held(namespace: string, leftovers: readonly Leftover[]): Promise<Held[]> {
    const found = await Promise.all(
      leftovers.map(async (leftover) => {
        const kind = await this.kindOf(leftover);
        if (!kind) return [];
        const objects = await this.parts.cluster.list(kind, { namespace });
        return objects.flatMap(({ metadata: { name = '', finalizers = [] } }) =>
          finalizers.length > 0 ? [{ kind, name, namespace, finalizers }] : [],
        );
      }),
    );
    return found.flat();
  }

  /** Anything may be left, also kinds this runtime never writes: asks the API which they are. */
  private async kindOf({ resource, group }: Leftover): Promise<Kind | undefined> {
    const { cluster } = this.parts;
    try {
      const groups: { preferredVersion: { groupVersion: string } } | undefined =
        group === '' ? undefined : JSON.parse(await cluster.get(`/apis/${group}`));
      const apiVersion = groups?.preferredVersion.groupVersion ?? 'v1';
      const path = group === '' ? '/api/v1' : `/apis/${apiVersion}`;
      const list: { resources: { name: string; kind: string; namespaced: boolean }[] } = JSON.parse(
        await cluster.get(path),
      );
      const found = list.resources.find(({ name }) => name === resource);
      return found && { apiVersion, kind: found.kind, plural: resource, namespaced: found.namespaced };
    } catch (error) {
      if (error instanceof ApiError && !error.retryable) return undefined;
      throw error;
    }
  }
}
