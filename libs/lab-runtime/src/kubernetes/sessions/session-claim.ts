import { RuntimeError } from '../../port/runtime-error.js';
import { hasStatus } from '../client/api-error.js';
import type { Cluster } from '../client/cluster.js';
import { kinds, type Namespace } from '../client/kinds.js';
import { annotation } from '../labels.js';
import type { SessionView } from '../watch/session-view.js';
import { generationOf, marked } from './digest.js';
import { outdated, type RemovalLedger } from './ledger.js';

export type ClaimParts = { cluster: Cluster; view: SessionView; ledger: RemovalLedger };

/** Names what is claimed: the one namespace, by its uid, for one generation. */
export type Claim = { sessionId: string; generation: number; namespace: string; uid: string };

/**
 * Makes this generation the session's, or finds that it is too late. The namespace's annotation is changed only under
 * the version that was read, so of two writers the one with the later generation stays.
 */
export async function claimSession(parts: ClaimParts, wanted: Namespace, sessionId: string): Promise<Claim> {
  const generation = generationOf(wanted);
  const object = marked(wanted, generation);
  const { name = '' } = wanted.metadata;
  let known = parts.view.namespaces.store.get(undefined, name);
  for (let tried = 0; tried < 5; tried += 1) {
    try {
      const claimed = known ? await raise(parts, object, known, sessionId) : await make(parts, object, sessionId);
      return { sessionId, generation, namespace: name, uid: claimed.metadata.uid ?? '' };
    } catch (error) {
      // Somebody else was faster, or what was known is old.
      if (!hasStatus(error, 404, 409)) throw error;
      known = await parts.cluster.read({ kind: kinds.namespace, name });
    }
  }
  const text = `The namespace of session ${sessionId} is being changed by others all the time.`;
  throw new RuntimeError('unreachable', text, true);
}

/** Is the claim still the last word? @throws RuntimeError `stale_generation` */
export async function confirmClaim({ cluster }: Pick<ClaimParts, 'cluster'>, claim: Claim): Promise<void> {
  const { sessionId, generation, namespace, uid } = claim;
  const found = await cluster.read({ kind: kinds.namespace, name: namespace });
  if (!found || found.metadata.uid !== uid || found.metadata.deletionTimestamp) {
    throw outdated(sessionId, generation, 'it is being removed');
  }
  if (generationOf(found) > generation) throw outdated(sessionId, generation, `${generationOf(found)} was seen`);
}

async function raise(
  { cluster, view }: ClaimParts,
  object: Namespace,
  known: Namespace,
  sessionId: string,
): Promise<Namespace> {
  const generation = generationOf(object);
  if (known.metadata.deletionTimestamp) throw outdated(sessionId, generation, 'it is being removed');
  if (generationOf(known) > generation) throw outdated(sessionId, generation, `${generationOf(known)} was seen`);
  const same = known.metadata.annotations?.[annotation.digest] === object.metadata.annotations?.[annotation.digest];
  if (same && generationOf(known) === generation) return known;
  const { resourceVersion } = known.metadata;
  const written = await cluster.apply({ ...object, metadata: { ...object.metadata, resourceVersion } });
  view.accept(written);
  return written;
}

async function make({ cluster, view, ledger }: ClaimParts, object: Namespace, sessionId: string): Promise<Namespace> {
  const generation = generationOf(object);
  await ledger.check(sessionId, generation);
  const made = await cluster.create(object);
  try {
    // It may have been removed between the two: whoever removed it found no namespace then.
    await ledger.check(sessionId, generation);
  } catch (error) {
    const { name = '', uid } = made.metadata;
    await cluster.remove({ kind: kinds.namespace, name }, { preconditions: { uid } });
    throw error;
  }
  view.accept(made);
  return made;
}
