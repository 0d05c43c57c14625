import { createHash } from 'node:crypto';
import type { KubeObject } from '../client/kube-object.js';
import { annotation } from '../labels.js';

/** The object with a digest of itself and the generation that writes it, so that an unchanged one is not written again. */
export function marked<T extends KubeObject>(object: T, generation: number): T {
  const digest = digestOf(object);
  const marks = { [annotation.generation]: String(generation), [annotation.digest]: digest };
  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...marks } } };
}

/** Of everything but the generation. */
export function digestOf(object: KubeObject): string {
  const { [annotation.generation]: _, ...annotations } = object.metadata.annotations ?? {};
  const text = JSON.stringify({ ...object, metadata: { ...object.metadata, annotations } });
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** The generation that wrote an object; 0 when it does not say. */
export function generationOf(object: KubeObject): number {
  const generation = Number(object.metadata.annotations?.[annotation.generation]);
  return Number.isInteger(generation) ? generation : 0;
}
