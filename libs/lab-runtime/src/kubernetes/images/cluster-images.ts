import type { DiskSpec, ImageObservation, ImageSpec, VmSystemSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';
import type { Cluster } from '../client/cluster.js';
import { type DiskOrigin, mountsDirectly } from '../forge/vm/disk-plan.js';
import { GoldenImages } from './golden-images.js';
import type { ImageOptions } from './image-options.js';
import { SourceHead } from './source-head.js';
import { Uploads } from './uploads.js';

/** Images of an installation in a cluster: what pods pull, and golden disks that VMs get copies of. */
export interface ClusterImages {
  /** Starts the import where one is needed, and tells how far it is. Concurrent calls share one import. */
  ensure(image: ImageSpec): Promise<ImageObservation>;
  /**
   * Where the disks of a VM come from.
   * @throws RuntimeError `image_missing` (retryable) while a golden disk is not imported; its import is started
   */
  origins(system: Pick<VmSystemSpec, 'disks'>): Promise<(disk: DiskSpec) => DiskOrigin>;
  /** Golden disks, also those whose import is under way or failed. */
  ids(): Promise<string[]>;
  /** @throws RuntimeError `invalid_spec` (retryable) while a session copies it */
  remove(imageId: string): Promise<void>;
  /** Stops uploads of this process; the next `ensure` anywhere starts them again. */
  close(): Promise<void>;
}

/** Images through Kubernetes (containers), KubeVirt (containerDisks) and CDI (golden disks). */
export function createImages(cluster: Cluster, options: ImageOptions): ClusterImages {
  const uploads = new Uploads(cluster, options);
  const golden = new GoldenImages({ cluster, options, heads: new SourceHead(options), uploads });
  return new AllImages(options, golden, uploads);
}

class AllImages implements ClusterImages {
  constructor(
    private readonly options: ImageOptions,
    private readonly golden: GoldenImages,
    private readonly uploads: Uploads,
  ) {}

  async ensure(image: ImageSpec): Promise<ImageObservation> {
    if (image.kind === 'container') {
      // Pulling is the kubelet's; its troubles show on the pod. A reference that cannot be is told here.
      this.options.imageReference(image);
      return { state: 'ready' };
    }
    // A disk that is mounted as the image it is needs no import; if a lab wants a lasting copy, `origins` asks for one.
    return this.directly(image) === undefined ? this.golden.ensure(image) : { state: 'ready' };
  }

  async origins({ disks }: Pick<VmSystemSpec, 'disks'>): Promise<(disk: DiskSpec) => DiskOrigin> {
    const found = await Promise.all(
      disks.map(async (disk) => [disk.name, disk.kind === 'empty' ? undefined : await this.origin(disk)] as const),
    );
    const byName = new Map(found);
    return ({ name }) => {
      const origin = byName.get(name);
      if (!origin) throw new RuntimeError('invalid_spec', `The disk ${name} has no image.`, false);
      return origin;
    };
  }

  ids(): Promise<string[]> {
    return this.golden.ids();
  }

  remove(imageId: string): Promise<void> {
    return this.golden.remove(imageId);
  }

  close(): Promise<void> {
    return this.uploads.close();
  }

  private async origin(disk: Exclude<DiskSpec, { kind: 'empty' }>): Promise<DiskOrigin> {
    const { image } = disk;
    const reference = this.directly(image);
    if (reference !== undefined && mountsDirectly(disk)) return { from: 'containerDisk', reference };
    const source = reference === undefined ? image.source : { kind: 'containerDisk' as const, reference };
    const seen = await this.golden.ensure({ ...image, source });
    if (seen.state === 'ready') {
      return { from: 'golden', namespace: this.golden.namespace, name: image.id, sizeBytes: seen.sizeBytes ?? 0 };
    }
    const why = seen.reason ? `: ${seen.reason.text}` : ' yet';
    throw new RuntimeError('image_missing', `The image ${image.name} is not imported${why}`, seen.state !== 'failed');
  }

  /** The reference of a containerDisk; undefined for disks that CDI must import first. */
  private directly({ source, name }: ImageSpec): string | undefined {
    switch (source.kind) {
      case 'containerDisk':
        return source.reference.replace(/^docker:\/\//, '');
      case 'builtin': {
        const reference = this.options.builtinDisks[source.name];
        if (reference !== undefined) return reference;
        const text = `The disk ${name} is built in, and this installation names no containerDisk for it (option builtinDisks).`;
        throw new RuntimeError('unsupported', text, false);
      }
      case 'registry':
      case 'http':
      case 'upload':
        return undefined;
      case 'container':
        throw new RuntimeError('invalid_spec', `The image ${name} is a container image, not a disk.`, false);
    }
  }
}
