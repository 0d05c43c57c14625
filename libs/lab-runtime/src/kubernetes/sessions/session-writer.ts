import { RuntimeError } from '../../port/runtime-error.js';
import { hasStatus } from '../client/api-error.js';
import type { Cluster } from '../client/cluster.js';
import type { KubeObject } from '../client/kube-object.js';
import { kindOf } from '../client/kinds.js';
import { extraKinds, extraLabel } from '../forge/extra-objects.js';
import { claimIsThere } from '../forge/vm/data-volumes.js';
import { annotation } from '../labels.js';
import type { SessionView } from '../watch/session-view.js';
import { marked } from './digest.js';
import type { Claim } from './session-claim.js';

/**
 * Writes the objects of one session for one generation: what is missing is created, what differs is applied under the
 * version that was seen, what is as wanted costs nothing. Remembers what it made, so that a stale writer can undo it.
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
    if (this.parts.view.known(wanted)) return false;
    const object = marked(wanted, this.claim.generation);
    // Not to be read (see SessionView), and named by what is in it.
    if (object.kind !== 'Secret') return (await this.createUnlessThere(object)) === undefined;
    try {
      await this.create(object);
      return true;
    } catch (error) {
      if (hasStatus(error, 409)) return false;
      throw error;
    }
  }

  /** Removes what this writer created. */
  async undo(): Promise<void> {
    for (const object of this.made.toReversed()) {
      const { uid, name = '', namespace } = object.metadata;
      const kind = kindOf(object, extraKinds);
      await this.parts.cluster.remove({ kind, name, namespace }, { preconditions: { uid } }).catch((error: unknown) => {
        // Another one has its name now.
        if (!hasStatus(error, 409)) throw error;
      });
    }
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
    if (digestIn(known) === digestIn(object)) return;
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
    const { name = '', namespace } = object.metadata;
    return this.parts.cluster.read({ kind: kindOf(object, extraKinds), namespace, name }, { signal: this.signal });
  }
}

function digestIn(object: KubeObject): string | undefined {
  return object.metadata.annotations?.[annotation.digest];
}
