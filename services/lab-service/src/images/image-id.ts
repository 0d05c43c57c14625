import type { ImageSource, ImageSpec } from '@lab-orchestrator/contracts';
import { sha256 } from '@lab-orchestrator/lab-folder';
import { randomBytes } from 'node:crypto';

/** 63 characters is what a label of Kubernetes holds; the hash needs 13 of them. */
const maxNameLength = 50;
const withSuffix = (name: string, suffix: string) => `${name.slice(0, maxNameLength)}-${suffix}`;

/** The key of an image: the same source gives the same id, another source another one. */
export const imageId = (name: string, source: ImageSource) =>
  source.kind === 'builtin' ? source.name : withSuffix(name, sha256(JSON.stringify(source)).slice(0, 12));

/** The bytes of an upload are not known when its image is added; each one is another image. */
export const uploadedImageId = (name: string) => withSuffix(name, randomBytes(6).toString('hex'));

/** The image behind a reference that a lab names directly. */
export function referencedImage(reference: string, kind: ImageSpec['kind']): ImageSpec {
  const source: ImageSource = { kind: kind === 'container' ? 'container' : 'containerDisk', reference };
  return { id: imageId(nameOf(reference), source), name: nameOf(reference), kind, source };
}

/** `docker.io/library/nginx:1.27` → `nginx`. */
const nameOf = (reference: string) =>
  /([^/:@]+)(?:[:@][^/]*)?$/
    .exec(reference)?.[1]
    ?.toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '') || 'image';
