import type { Namespace } from '../client/kinds.js';
import { conditionOf, timeOf } from './vm/condition.js';

/** A kind of which the namespace controller says that objects are left: `configmaps`, `things.example.com`. */
export type Leftover = { resource: string; group: string };

export type NamespaceEnd = {
  /** For how long it has been ending, in ms. */
  forMs: number;
  /** Kinds with objects that are still there. */
  leftovers: Leftover[];
  /** Finalizers that hold something, as the namespace controller names them. */
  finalizers: string[];
  /** What keeps the controller itself from going on, e.g. an API that does not answer. */
  obstacle?: string;
};

/** How far a namespace's deletion is, from its conditions. Pure. */
export function namespaceEndOf({ metadata, status }: Namespace, nowMs: number): NamespaceEnd {
  const message = (type: string) => {
    const condition = conditionOf(status?.conditions, type);
    return condition?.status === 'True' ? (condition.message ?? '') : '';
  };
  const failures = ['NamespaceDeletionDiscoveryFailure', 'NamespaceDeletionGroupVersionParsingFailure'];
  const obstacle = [...failures, 'NamespaceDeletionContentFailure'].map(message).find((text) => text !== '');
  return {
    forMs: nowMs - (timeOf(metadata.deletionTimestamp) ?? nowMs),
    leftovers: leftoversIn(message('NamespaceContentRemaining')),
    finalizers: finalizersIn(message('NamespaceFinalizersRemaining')),
    ...(obstacle === undefined ? {} : { obstacle }),
  };
}

/** "Some resources are remaining: configmaps. has 1 resource instances, things.example.com has 2 resource instances" */
function leftoversIn(message: string): Leftover[] {
  return [...message.matchAll(/([a-z0-9-]+)\.([a-z0-9.-]*) has \d+ resource instances/g)].map(
    ([, resource = '', group = '']) => ({ resource, group }),
  );
}

/** "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances" */
function finalizersIn(message: string): string[] {
  return [...message.matchAll(/([^\s,]+) in \d+ resource instances/g)].map(([, finalizer = '']) => finalizer);
}
