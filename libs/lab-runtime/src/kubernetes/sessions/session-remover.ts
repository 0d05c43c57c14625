import type { AuditTaking, ForcedRemoval, HeldObject, Removal } from '../../port/lab-runtime.js';
import { RuntimeError } from '../../port/runtime-error.js';
import { ApiError } from '../client/api-error.js';
import type { Cluster } from '../client/cluster.js';
import { kinds, type Namespace } from '../client/kinds.js';
import { namespaceEndOf } from '../inspect/namespace-end.js';
import { label } from '../labels.js';
import { namespaceOf } from '../names.js';
import type { SessionView } from '../watch/session-view.js';
import { heldObjects, holdingInWords } from './held-objects.js';
import type { RemovalLedger } from './ledger.js';

export type RemoverParts = {
  cluster: Cluster;
  view: SessionView;
  ledger: RemovalLedger;
  instance: string;
  /** After so long a deletion counts as stuck, and what holds it is looked for, in ms. */
  stuckAfterMs: number;
};

/** Removes everything of a session: its namespace, followed to its end. */
export class SessionRemover {
  constructor(private readonly parts: RemoverParts) {}

  async remove(sessionId: string): Promise<Removal> {
    const { cluster, view, ledger, stuckAfterMs } = this.parts;
    const namespace = await this.namespace(sessionId);
    await ledger.markRemoved(sessionId);
    if (!namespace) return { gone: true, remaining: [] };
    const { name = '', uid, deletionTimestamp } = namespace.metadata;
    const known = [`Namespace/${name}`, ...view.objectsOf(sessionId)];
    if (!deletionTimestamp) {
      await cluster.remove({ kind: kinds.namespace, name }, { preconditions: { uid } });
      return { gone: false, remaining: known };
    }
    const end = namespaceEndOf(namespace, Date.now());
    if (end.forMs < stuckAfterMs) return { gone: false, remaining: known };
    const obstacle = end.obstacle === undefined ? [] : [end.obstacle];
    const named = holdingInWords(await heldObjects(cluster, namespace, end), end);
    const remaining = [...obstacle, ...(named.length > 0 ? named : known)];
    return { gone: false, remaining, heldSince: new Date(deletionTimestamp) };
  }

  /**
   * Takes the finalizers from what holds a removed session, so that it goes. What they guarded (a volume, an address) may
   * stay behind outside of the cluster, so a person must ask for it, and each step is audited first.
   */
  async forceRemove(sessionId: string, audit: AuditTaking): Promise<ForcedRemoval> {
    const { cluster, stuckAfterMs } = this.parts;
    const namespace = await this.namespace(sessionId);
    if (!namespace) return { taken: [], left: [] };
    const end = namespaceEndOf(namespace, Date.now());
    if (!namespace.metadata.deletionTimestamp || end.forMs < stuckAfterMs) {
      const text = `Nothing holds the removal of session ${sessionId}: remove it, and force only what does not go.`;
      throw new RuntimeError('invalid_spec', text, false);
    }
    const { held, unseen } = await heldObjects(cluster, namespace, end);
    const taken: HeldObject[] = [];
    const left = holdingInWords({ held: [], unseen }, { ...end, finalizers: [] });
    for (const { ref, ...object } of held) {
      await audit(object);
      try {
        await cluster.merge(ref, { metadata: { finalizers: null } });
        taken.push(object);
      } catch (error) {
        if (!(error instanceof ApiError) || error.retryable) throw error;
        // One that went meanwhile needs no force.
        if (error.status !== 404) left.push(`${object.kind}/${object.name}: ${error.message}`);
      }
    }
    return { taken, left };
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
}
