import { RuntimeError } from '../../port/runtime-error.js';
import { hasStatus } from '../client/api-error.js';
import type { Cluster } from '../client/cluster.js';
import type { Kind, KubeObject, ObjectRef } from '../client/kube-object.js';
import { kindOf, kinds } from '../client/kinds.js';
import { extraKinds, extraLabel } from '../forge/extra-objects.js';
import { claimIsThere } from '../forge/vm/data-volumes.js';
import { annotation } from '../labels.js';
import type { SessionView } from '../watch/session-view.js';
import { generationOf, marked } from './digest.js';
import { outdated } from './ledger.js';
import type { Claim } from './session-claim.js';

/**
 * Writes the objects of one session for one generation: what is missing is created, what differs is applied under the
 * version that was seen, what is as wanted costs nothing. Remembers what it made, so that a stale writer can undo it.
 * A later generation puts its number on all that it finds and needs: that is what a stale writer leaves alone.
 */
export class SessionWriter {
  /** What this writer created: gone again when its generation turns out to be outdated. */
  private readonly made: KubeObject[] = [];
  private written = 0;

  constructor(
    private readonly parts: { cluster: Cluster; view: SessionView },
    private readonly claim: Claim,
    private readonly signal?: AbortSignal,
  ) {}

  get generation(): number {
    return this.claim.generation;
  }

  /** Whether anything was written at all. */
  get hasWritten(): boolean {
    return this.written > 0;
  }

  /** Makes the object as it is wanted. */
  async ensure(wanted: KubeObject): Promise<void> {
    this.signal?.throwIfAborted();
    const object = marked(wanted, this.claim.generation);
    const isExtra = object.metadata.labels?.[extraLabel] !== undefined;
    const known = isExtra ? await this.read(object) : this.parts.view.known(object);
    if (known) return this.change(object, known);
    const found = await this.createUnlessThere(object);
    if (found) await this.change(object, found);
  }

  /** Makes an object that the cluster makes as well, at about the same time: the namespace's account. */
  async impose(wanted: KubeObject): Promise<void> {
    this.signal?.throwIfAborted();
    const object = marked(wanted, this.claim.generation);
    const known = this.parts.view.known(object);
    if (known && digestIn(known) === digestIn(object)) return;
    this.written += 1;
    this.parts.view.accept(await this.parts.cluster.apply(object, { signal: this.signal }));
  }

  /** Makes an object that is never changed afterwards: what runs is left alone. False when it is there already. */
  async ensureOnce(wanted: KubeObject): Promise<boolean> {
    this.signal?.throwIfAborted();
    const known = this.parts.view.known(wanted);
    if (known) {
      await this.adopt(kindOf(known, extraKinds), known);
      return false;
    }
    const object = marked(wanted, this.claim.generation);
    // Not to be read (see SessionView), and named by what is in it.
    const found = object.kind === 'Secret' ? await this.createSecret(object) : await this.createUnlessThere(object);
    if (found) await this.adopt(kindOf(found, extraKinds), found);
    return found === undefined;
  }

  /** Takes over what an earlier generation made, as it is; the object as it is then. Costs nothing within a generation. */
  async adopt<T extends KubeObject>(kind: Kind<T>, found: T): Promise<T> {
    const { generation } = this.claim;
    if (generationOf(found) >= generation) return found;
    this.written += 1;
    const annotations = { [annotation.generation]: String(generation) };
    const { name = '', namespace } = found.metadata;
    const adopted = await this.parts.cluster.merge<T>(
      { kind, name, namespace },
      { metadata: { annotations } },
      { signal: this.signal },
    );
    if (adopted.metadata.deletionTimestamp) {
      throw new RuntimeError('unreachable', `${found.kind} ${name} is still ending.`, true);
    }
    this.parts.view.accept(adopted);
    return adopted;
  }

  /** Takes over a Secret that something adopted goes on using. */
  async adoptSecret(name: string): Promise<void> {
    const found = await this.lookAtSecret({ kind: kinds.secret, name, namespace: this.claim.namespace });
    if (found) await this.adopt(kinds.secret, found);
  }

  /** Removes what this writer created, unless a later generation has taken it over. */
  async undo(): Promise<void> {
    for (const object of this.made.toReversed()) await this.takeBack(object);
  }

  private async takeBack(object: KubeObject): Promise<void> {
    const ref = refOf(object);
    for (let tried = 0; tried < 5; tried += 1) {
      const found = await (object.kind === 'Secret' ? this.lookAtSecret(ref) : this.parts.cluster.read(ref));
      // Another one has its name now, or somebody needs it.
      if (!found || found.metadata.uid !== object.metadata.uid) return;
      if (generationOf(found) > this.claim.generation) return;
      const { uid, resourceVersion } = found.metadata;
      try {
        return await this.parts.cluster.remove(ref, { preconditions: { uid, resourceVersion } });
      } catch (error) {
        // It was changed just now, maybe by whoever takes it over: look again.
        if (!hasStatus(error, 409)) throw error;
      }
    }
  }

  /** What an empty change answers with: the platform may not read Secrets. */
  private async lookAtSecret<T extends KubeObject>(ref: ObjectRef<T>): Promise<T | undefined> {
    try {
      return await this.parts.cluster.merge(ref, {}, { signal: this.signal });
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      throw error;
    }
  }

  private async createSecret(object: KubeObject): Promise<KubeObject | undefined> {
    try {
      await this.create(object);
      return undefined;
    } catch (error) {
      if (!hasStatus(error, 409)) throw error;
    }
    // Within a first generation nobody takes anything over.
    return this.claim.generation > 1 ? this.lookAtSecret(refOf(object)) : object;
  }

  /** What was there already, made by somebody else; undefined when it was made now, or is gone again. */
  private async createUnlessThere(object: KubeObject): Promise<KubeObject | undefined> {
    try {
      await this.create(object);
      return undefined;
    } catch (error) {
      // Two that create the same are counted twice, so the quota may say no before the name does.
      const isOverQuota = hasStatus(error, 403) && /exceeded quota/.test(error.message);
      const isClaimThere = claimIsThere(error);
      if (!isOverQuota && !isClaimThere && !hasStatus(error, 409)) throw error;
      const found = await this.read(object);
      if (found) return found;
      if (isOverQuota) throw error;
      if (!isClaimThere) return undefined;
      const text = `The claim of an earlier disk ${object.metadata.name} is still being deleted.`;
      throw new RuntimeError('unreachable', text, true, { cause: error });
    }
  }

  private async create(object: KubeObject): Promise<void> {
    this.written += 1;
    const made = await this.parts.cluster.create(object, { signal: this.signal, kind: kindOf(object, extraKinds) });
    this.made.push(made);
    this.parts.view.accept(made);
  }

  private async change(object: KubeObject, known: KubeObject): Promise<void> {
    const { sessionId, generation } = this.claim;
    if (generationOf(known) > generation) {
      throw outdated(sessionId, generation, `${known.kind} ${known.metadata.name} is of ${generationOf(known)}`);
    }
    if (digestIn(known) === digestIn(object) && generationOf(known) === generation) return;
    this.written += 1;
    const { resourceVersion } = known.metadata;
    const versioned = { ...object, metadata: { ...object.metadata, resourceVersion } };
    const written = await this.parts.cluster.apply(versioned, {
      signal: this.signal,
      kind: kindOf(object, extraKinds),
    });
    this.parts.view.accept(written);
  }

  private read(object: KubeObject): Promise<KubeObject | undefined> {
    return this.parts.cluster.read(refOf(object), { signal: this.signal });
  }
}

function refOf(object: KubeObject): ObjectRef {
  const { name = '', namespace } = object.metadata;
  return { kind: kindOf(object, extraKinds), name, namespace };
}

function digestIn(object: KubeObject): string | undefined {
  return object.metadata.annotations?.[annotation.digest];
}
