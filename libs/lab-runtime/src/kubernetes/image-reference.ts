import type { ImageSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../port/runtime-error.js';

/** Where the cluster pulls the project's own images from, by name. */
export type BuiltinReferences = Readonly<Record<string, string>>;

/** The reference a pod pulls a container image by. */
export function imageReferenceFrom(builtin: BuiltinReferences): (image: ImageSpec) => string {
  return (image) => {
    const { source } = image;
    if (image.kind !== 'container') {
      throw new RuntimeError('invalid_spec', `${image.name} is a disk, not an image of a container.`, false);
    }
    switch (source.kind) {
      case 'container':
      case 'registry':
        return source.reference;
      case 'builtin': {
        const reference = builtin[source.name];
        if (reference !== undefined) return reference;
        const text = `The installation does not say where its cluster pulls the image ${source.name} from.`;
        throw new RuntimeError('unsupported', text, false);
      }
      case 'containerDisk':
      case 'http':
      case 'upload':
        throw new RuntimeError('unsupported', `A container cannot be started from a ${source.kind} image.`, false);
    }
  };
}
