import { Advice } from '../../setup/advice.mjs';
import { type Step } from '../../launcher/terminal/steps.ts';
import type { BuiltImage } from '../images/archive.ts';
import { outputOf } from '../images/command.ts';
import { referenceOf } from '../helm/values.ts';
import type { Kubectl } from './kubectl.ts';

interface Node {
  status: { images?: { names?: string[] }[] };
}

/** References that every node has already, as far as nodes tell (they list their largest 50). */
async function presentOn(kubectl: Kubectl): Promise<(reference: string) => boolean> {
  const nodes = await kubectl.list<Node>(['nodes']);
  const names = nodes.map(({ status }) => new Set((status.images ?? []).flatMap((image) => image.names ?? [])));
  return (reference) => names.length > 0 && names.every((node) => node.has(reference));
}

/** Brings the images into the nodes of a cluster that pulls none. */
export async function loadImages(
  images: readonly BuiltImage[],
  repository: string,
  loader: string,
  kubectl: Kubectl,
  step: Step,
): Promise<void> {
  const isPresent = await presentOn(kubectl);
  const missing = images.filter((image) => !isPresent(referenceOf(repository, image)));
  for (const [index, image] of missing.entries()) {
    step.progress(`${image.name}, ${index + 1} of ${missing.length}`);
    await outputOf([loader, referenceOf(repository, image), image.archive], { env: kubectl.env });
  }
  step.result(missing.length === 0 ? 'all there' : missing.map(({ name }) => name).join(', '));
}

/** Pushes them where the cluster pulls from, with the engine of this machine. */
export async function pushImages(images: readonly BuiltImage[], repository: string, step: Step): Promise<void> {
  const engine = await firstThatWorks(['podman', 'docker']);
  for (const [index, image] of images.entries()) {
    step.progress(`${image.name}, ${index + 1} of ${images.length}`);
    const reference = referenceOf(repository, image);
    await outputOf([engine, 'load', '--input', image.archive]);
    await outputOf([engine, 'tag', `localhost/lab-orchestrator/${image.name}:${image.tag}`, reference]);
    await outputOf([engine, 'push', reference]);
  }
}

async function firstThatWorks(engines: string[]): Promise<string> {
  for (const engine of engines) {
    const works = await outputOf([engine, 'version']).then(
      () => true,
      () => false,
    );
    if (works) return engine;
  }
  throw new Advice('To push images, podman or docker must work on this machine.');
}
