import { Steps } from '../../launcher/terminal/steps.ts';
import { checkout } from '../../setup/checkout.mjs';
import { prepareCluster } from './prepare-cluster.ts';

/** The cluster for all specs of a run: they find it by KUBECONFIG, and the images they run by the variables of each. */
export default async function setup(): Promise<void> {
  Object.assign(process.env, await prepareCluster(checkout, new Steps()));
}
