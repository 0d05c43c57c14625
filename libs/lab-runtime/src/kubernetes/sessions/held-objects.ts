import type { HeldObject } from '../../port/lab-runtime.js';
import { ApiError, hasStatus } from '../client/api-error.js';
import type { Cluster } from '../client/cluster.js';
import { kinds, type Namespace } from '../client/kinds.js';
import type { Kind, ObjectRef } from '../client/kube-object.js';
import type { Leftover, NamespaceEnd } from '../inspect/namespace-end.js';

export type Held = HeldObject & { ref: ObjectRef };

export type Holding = {
  /** Objects that are left and have finalizers. */
  held: Held[];
  /** Kinds with something left that could not be looked at. */
  unseen: string[];
};

/** What holds a namespace that ends. Rights that do not reach everywhere hide nothing of what they do reach. */
export async function heldObjects(
  cluster: Cluster,
  { metadata: { name: namespace = '', finalizers = [] } }: Namespace,
  { leftovers }: NamespaceEnd,
): Promise<Holding> {
  const found = await Promise.all(
    leftovers.map(async (leftover): Promise<Holding> => {
      try {
        return { held: await heldOfKind(cluster, namespace, await kindOf(cluster, leftover)), unseen: [] };
      } catch (error) {
        if (!isHidden(error)) throw error;
        const { resource, group } = leftover;
        return { held: [], unseen: [group === '' ? resource : `${resource}.${group}`] };
      }
    }),
  );
  // Some clusters hold namespaces themselves, beside what is in them.
  const ref = { kind: kinds.namespace, name: namespace };
  const itself = finalizers.length > 0 ? [{ kind: 'Namespace', name: namespace, finalizers, ref }] : [];
  return { held: [...found.flatMap(({ held }) => held), ...itself], unseen: found.flatMap(({ unseen }) => unseen) };
}

/** The same in words: each object with its finalizers, and what is only known to be there. */
export function holdingInWords({ held, unseen }: Holding, { finalizers }: NamespaceEnd): string[] {
  const named = new Set(held.flatMap((one) => one.finalizers));
  const others = finalizers.filter((finalizer) => !named.has(finalizer));
  const holders = others.length > 0 ? `, held by ${others.join(', ')}` : '';
  return [
    ...held.map((one) => `${one.kind}/${one.name} is held by ${one.finalizers.join(', ')}`),
    ...(unseen.length > 0 ? [`something of ${unseen.join(', ')} that the platform may not look at${holders}`] : []),
  ];
}

/** Refused, not there, nothing to list, or served by somebody who is away. */
const isHidden = (error: unknown) => error instanceof ApiError && (!error.retryable || hasStatus(error, 405, 503));

async function heldOfKind(cluster: Cluster, namespace: string, kind: Kind): Promise<Held[]> {
  const objects = await cluster.list(kind, { namespace });
  return objects.flatMap(({ metadata: { name = '', finalizers = [] } }) =>
    finalizers.length > 0 ? [{ kind: kind.kind, name, finalizers, ref: { kind, name, namespace } }] : [],
  );
}

/** Anything may be left, also kinds this runtime never writes: asks the API which they are. */
async function kindOf(cluster: Cluster, { resource, group }: Leftover): Promise<Kind> {
  const groups: { preferredVersion: { groupVersion: string } } | undefined =
    group === '' ? undefined : JSON.parse(await cluster.get(`/apis/${group}`));
  const apiVersion = groups?.preferredVersion.groupVersion ?? 'v1';
  const path = group === '' ? '/api/v1' : `/apis/${apiVersion}`;
  const list: { resources: { name: string; kind: string; namespaced: boolean }[] } = JSON.parse(
    await cluster.get(path),
  );
  const found = list.resources.find(({ name }) => name === resource);
  if (!found) throw new ApiError('not_found', `${path} has no ${resource}.`, false, 404, 'NotFound');
  return { apiVersion, kind: found.kind, plural: resource, namespaced: found.namespaced };
}
