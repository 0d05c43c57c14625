import { join } from 'node:path';
import { publicPort } from '../launcher/checks/ports.ts';
import type { Login } from '../launcher/seed/demo-people.ts';
import { box } from '../launcher/terminal/box.ts';
import { untilAsked } from '../launcher/terminal/ending.ts';
import { note, type Steps } from '../launcher/terminal/steps.ts';
import { Advice } from '../setup/advice.mjs';
import { forward } from './forward/forwarder.ts';
import { installChart } from './helm/install.ts';
import { LOADED, trialValues } from './helm/values.ts';
import { productImages } from './images/product-images.ts';
import { Kubectl } from './kube/kubectl.ts';
import { loadImages, pushImages } from './kube/load-images.ts';
import { untilRolledOut } from './kube/rollout.ts';
import { findTarget, type Target } from './kube/target.ts';
import { clusterCache, type Options } from './options.ts';
import { adminPassword, seedCluster } from './seed-cluster.ts';

export interface Installed {
  url: string;
  admin: Login;
  people: Login[];
}

/** Installs the product and, unless told otherwise, answers on localhost until somebody stops it. */
export async function run(checkout: string, options: Options, steps: Steps): Promise<number> {
  await using undo = new AsyncDisposableStack();
  const installed = await install(checkout, options, steps, undo);
  announce(installed, options, steps);
  if (!options.forward) return 0;
  note(`\nStopping (${await untilAsked()}) …  The installation stays; --uninstall removes it.`);
  return 0;
}

export async function install(
  checkout: string,
  options: Options,
  steps: Steps,
  undo: AsyncDisposableStack,
): Promise<Installed> {
  const port = await publicPort(options.port);
  const target = await steps.run('Cluster', () => findTarget(checkout, process.env, options.imageLoader));
  const kubectl = new Kubectl(target.env);
  const images = await steps.run('Images', (step) => productImages(checkout, options, step));
  const repository = options.registry ?? LOADED;
  const all = [images.platform, images.stores, ...images.labs];
  await steps.run('Images to the cluster', (step) =>
    options.registry ? pushImages(all, repository, step) : loadImages(all, repository, loaderOf(target), kubectl, step),
  );
  const url = `http://localhost:${port}`;
  const values = trialValues({ publicUrl: url, instance: options.instance, repository, ...images });
  await steps.run('Chart', (step) => installChart(checkout, options, kubectl, values, step));
  const selector = ['--namespace', options.namespace, '--selector', `app.kubernetes.io/instance=${options.release}`];
  await steps.run('Services', (step) => untilRolledOut(kubectl, selector, step));
  const name = chartName(options.release);
  const admin = { username: 'admin', password: await adminPassword(kubectl, options.namespace, `${name}-secrets`) };
  undo.use(
    await steps.run('Door', (step) => door(kubectl, options, `${name}-gateway`, port, (how) => step.result(how))),
  );
  const keep = join(clusterCache(checkout), `people-${options.namespace}-${options.release}.json`);
  const people = await steps.run('Sample labs and people', (step) =>
    seedCluster(url, admin, keep, join(checkout, 'labs'), step),
  );
  return { url, admin, people };
}

async function door(kubectl: Kubectl, options: Options, service: string, port: number, tell: (how: string) => void) {
  const forwarder = await forward(kubectl, options.namespace, service, port);
  tell(`http://localhost:${port} by ${forwarder.how}`);
  return forwarder;
}

function loaderOf({ imageLoader }: Target): string {
  if (imageLoader !== undefined) return imageLoader;
  throw new Advice(
    'How do images get to this cluster? --registry REF pushes them where the cluster pulls from; --image-loader FILE loads them into its nodes.',
  );
}

/** As `lab.name` of the chart. */
export function chartName(release: string): string {
  return release.includes('lab-orchestrator') ? release : `${release}-lab-orchestrator`;
}

function announce({ url, admin, people }: Installed, options: Options, steps: Steps): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ url, admin, people })}\n`);
    return;
  }
  const logins = [admin, ...people];
  const width = Math.max(...logins.map((login) => login.username.length));
  const lines = logins.map(({ username, password }) => `  ${username.padEnd(width)}   ${password}`);
  const last = options.forward ? ['', 'Ctrl-C ends this door; the installation stays.'] : [];
  process.stdout.write(`\n${box(['Lab Orchestrator is ready', '', `  ${url}`, '', ...lines, ...last])}\n`);
  note(`Ready after ${steps.elapsed}.`);
}
