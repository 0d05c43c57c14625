import { Steps } from '../../launcher/terminal/steps.ts';
import { checkout } from '../../setup/checkout.mjs';
import { findTarget } from '../kube/target.ts';
import { parseOptions } from '../options.ts';
import { install } from '../run.ts';
import { uninstall } from '../uninstall.ts';
import { installedVariables } from './installed-variables.ts';

/** An installation for tests stands beside one that people use: no name of it is the same. */
const OPTIONS = ['--namespace', 'lab-test-platform', '--release', 'lab-test', '--instance', 'labtest', '--port', '0'];

/**
 * Installs the chart for the whole run, and removes it after: what then is left fails the run. An installation that
 * the environment names is taken as it is.
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env['LAB_TEST_INSTALLED']) return async () => {};
  const options = parseOptions(OPTIONS, checkout);
  const steps = new Steps();
  const { env } = await findTarget(checkout, process.env);
  Object.assign(process.env, env);
  await using undo = new AsyncDisposableStack();
  undo.defer(async () => void (await uninstall(checkout, options, steps)));
  const product = await install(checkout, options, steps, undo);
  Object.assign(process.env, installedVariables(product, options));
  const teardown = undo.move();
  return () => teardown.disposeAsync();
}
