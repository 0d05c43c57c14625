import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Step } from '../../launcher/terminal/steps.ts';
import { clusterCache, type Options } from '../options.ts';
import { outputOf } from '../images/command.ts';
import type { Kubectl } from '../kube/kubectl.ts';
import { chartFolder } from './chart-folder.ts';
import { helmProgram } from './helm-program.ts';

/** Installs the chart, or upgrades what is there. Returns when everything is declared, not when it is ready. */
export async function installChart(
  checkout: string,
  options: Options,
  kubectl: Kubectl,
  values: object,
  step: Step,
): Promise<void> {
  const helm = await helmProgram(checkout, process.env, (what) => step.progress(what));
  step.result(`${options.release} in ${options.namespace}`);
  const folder = clusterCache(checkout);
  const file = join(folder, `values-${options.namespace}-${options.release}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(values, undefined, 2));
  // Everything of the platform is "restricted"; the namespace says so, and the cluster holds us to it.
  const level = { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted' };
  await kubectl.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: options.namespace, labels: level } }]);
  const files = [file, ...options.values].flatMap((path) => ['--values', path]);
  await outputOf(
    [
      helm,
      'upgrade',
      '--install',
      options.release,
      chartFolder(checkout),
      '--namespace',
      options.namespace,
      '--timeout',
      '15m',
      ...files,
    ],
    { env: kubectl.env },
  );
}
