import type { ImageSpec } from '@lab-orchestrator/contracts';
import { dataVolume, imageLabel } from '../forge/vm/data-volumes.js';
import { label } from '../labels.js';
import { imageNamespaceOf } from '../names.js';
import type { DataSource } from '../types/cdi/data-source.js';
import type { DataVolume } from '../types/cdi/data-volume.js';
import { type GoldenRecord, recordAnnotation } from './golden-record.js';
import type { ImageOptions } from './image-options.js';

type Place = Pick<ImageOptions, 'instance' | 'storageClass' | 'registryPull'>;

/** The volume of a golden image; CDI fills it from its source. */
export function goldenVolume(place: Place, image: ImageSpec, sizeBytes: number): DataVolume {
  return dataVolume(
    {
      namespace: imageNamespaceOf(place.instance),
      labels: goldenLabels(place, image.id),
      // Nobody runs from it: without this CDI would wait for a first consumer where the storage does.
      annotations: { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true' },
      storageClass: place.storageClass,
    },
    image.id,
    sizeBytes,
    { source: importSource(place, image) },
  );
}

/** What sessions clone, and where it is remembered how the import went. */
export function goldenSource(place: Place, imageId: string, record: GoldenRecord): DataSource {
  const namespace = imageNamespaceOf(place.instance);
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataSource',
    metadata: {
      name: imageId,
      namespace,
      labels: goldenLabels(place, imageId),
      annotations: { [recordAnnotation]: JSON.stringify(record) },
    },
    spec: { source: { pvc: { namespace, name: imageId } } },
  };
}

const goldenLabels = ({ instance }: Place, imageId: string) => ({ [label.instance]: instance, [imageLabel]: imageId });

function importSource({ registryPull = 'node' }: Place, { source }: ImageSpec): DataVolume['spec']['source'] {
  switch (source.kind) {
    case 'http':
      return { http: { url: source.url, checksum: `sha256:${source.sha256}` } };
    case 'registry':
    case 'containerDisk':
      return { registry: { url: dockerUrl(source.reference), pullMethod: registryPull } };
    case 'upload':
      return { upload: {} };
    case 'builtin':
    case 'container':
      throw new TypeError(`A golden image cannot come from the source "${source.kind}".`);
  }
}

const dockerUrl = (reference: string) => (reference.startsWith('docker://') ? reference : `docker://${reference}`);
