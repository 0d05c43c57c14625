import type { BuiltImage } from '../images/archive.ts';

export interface Deployment {
  publicUrl: string;
  instance: string;
  /** Prefix of all references, such as `localhost/lab-orchestrator`. */
  repository: string;
  platform: BuiltImage;
  stores: BuiltImage;
  labs: BuiltImage[];
}

/** Where images are on a cluster that pulls none: they are loaded into its nodes. */
export const LOADED = 'localhost/lab-orchestrator';

/** Reference of an image as pods name it. */
export const referenceOf = (repository: string, { name, tag }: BuiltImage) => `${repository}/${name}:${tag}`;

/** Values for a first look: everything on one node if need be, with stores of its own. Files of the person win. */
export function trialValues({ publicUrl, instance, repository, platform, stores, labs }: Deployment): object {
  const one = { replicas: 1 };
  return {
    publicUrl,
    instance,
    image: { repository: `${repository}/${platform.name}`, tag: platform.tag },
    labs: { images: Object.fromEntries(labs.map((image) => [image.name, referenceOf(repository, image)])) },
    trial: { enabled: true, image: { repository: `${repository}/${stores.name}`, tag: stores.tag } },
    tls: { enabled: false },
    services: {
      'auth-service': one,
      'lab-service': one,
      'instruction-service': one,
      provisioner: one,
      'console-service': one,
      gateway: { ...one, service: { type: 'NodePort' } },
    },
  };
}
