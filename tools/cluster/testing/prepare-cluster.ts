import { join } from 'node:path';
import { type Steps } from '../../launcher/terminal/steps.ts';
import { Advice } from '../../setup/advice.mjs';
import { LOADED, referenceOf } from '../helm/values.ts';
import { labImage } from '../images/lab-images.ts';
import { Kubectl } from '../kube/kubectl.ts';
import { loadImages } from '../kube/load-images.ts';
import { findTarget } from '../kube/target.ts';
import { clusterCache } from '../options.ts';

/** The images that specs run, by the variable that tells them the reference. */
const IMAGES = { LAB_TEST_TERMINAL_IMAGE: 'terminal', LAB_TEST_SMALL_VM_IMAGE: 'small-vm' };

/**
 * Finds the cluster of KUBECONFIG or starts the test cluster, and brings there what the specs run.
 * @returns the environment for the specs; images that it names already are taken as they are
 * @throws Advice when there is no cluster, no way to load images, or an image was not built
 */
export async function prepareCluster(checkout: string, steps: Steps): Promise<NodeJS.ProcessEnv> {
  const { env, imageLoader } = await steps.run('Cluster', () => findTarget(checkout, process.env));
  const wanted = Object.entries(IMAGES).filter(([variable]) => env[variable] === undefined);
  if (wanted.length === 0) return env;
  if (imageLoader === undefined)
    throw new Advice(`Where are the images on this cluster? Set ${Object.keys(IMAGES).join(' and ')}.`);
  const images = await Promise.all(
    wanted.map(async ([variable, name]) => {
      const image = await labImage(join(checkout, '.cache'), clusterCache(checkout), name);
      if (image === undefined) throw new Advice(`Build the image first: node tools/images/main.mjs build ${name}`);
      return { variable, image };
    }),
  );
  const archives = images.map(({ image }) => image);
  await steps.run('Images to the cluster', (step) => loadImages(archives, LOADED, imageLoader, new Kubectl(env), step));
  return {
    ...env,
    ...Object.fromEntries(images.map(({ variable, image }) => [variable, referenceOf(LOADED, image)])),
  };
}
