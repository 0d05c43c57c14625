import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Advice } from '../../setup/advice.mjs';
import { outputOf } from '../images/command.ts';

/** The cluster to install on, and how images get there when it pulls none. */
export interface Target {
  /** Environment for kubectl and helm. */
  env: NodeJS.ProcessEnv;
  imageLoader: string | undefined;
}

/** The cluster of KUBECONFIG, else the test cluster, which is started when it does not run. */
export async function findTarget(checkout: string, env: NodeJS.ProcessEnv, loader?: string): Promise<Target> {
  const folder = testClusterFolder(checkout, env);
  const hasTestCluster = isTestCluster(folder);
  const imageLoader = loader ?? (hasTestCluster ? join(folder, 'load-image') : undefined);
  if (env['KUBECONFIG']) return { env: withKubectl(env, folder, hasTestCluster), imageLoader };
  if (!hasTestCluster)
    throw new Advice('Which cluster? Set KUBECONFIG, or LAB_TEST_CLUSTER to the folder of a test cluster.');
  return { env: await startTestCluster(folder, env), imageLoader };
}

/** Whether specs on a cluster can run: somebody names one, or a test cluster can be started. */
export function clusterIsAtHand(checkout: string, env: NodeJS.ProcessEnv): boolean {
  return Boolean(env['KUBECONFIG']) || isTestCluster(testClusterFolder(checkout, env));
}

const testClusterFolder = (checkout: string, env: NodeJS.ProcessEnv) =>
  env['LAB_TEST_CLUSTER'] ?? resolve(checkout, '../shared/cluster');

const isTestCluster = (folder: string) => existsSync(join(folder, 'up')) && existsSync(join(folder, 'load-image'));

/** Starts what does not run of it, with its stand-in for KubeVirt and CDI where it has one. */
async function startTestCluster(folder: string, env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const onLine = (line: string) => process.stderr.write(`    ${line}\n`);
  const exported = await outputOf([join(folder, 'up')], { env, onLine }).catch(async (error: unknown) => {
    await reportPods(folder, onLine);
    onLine(`To begin with an empty cluster: ${join(folder, 'down')}`);
    throw error;
  });
  const here = { ...env, ...variablesIn(exported, env['PATH'] ?? '') };
  const virtualization = join(folder, 'virtualization/install');
  if (existsSync(virtualization)) await outputOf([virtualization], { env: here, onLine });
  return here;
}

/** Tells what keeps a test cluster from coming up, as far as its API server knows it. */
async function reportPods(folder: string, onLine: (line: string) => void): Promise<void> {
  const kubectl = [join(folder, 'kubectl'), '--request-timeout=10s', 'get', '--all-namespaces', '--output=wide'];
  for (const kind of ['pods', 'events']) {
    const found = await outputOf([...kubectl, kind]).catch((error: unknown) => String(error));
    found.trim().split('\n').slice(-100).forEach(onLine);
  }
}

/** The test cluster brings a kubectl that fits it. */
function withKubectl(env: NodeJS.ProcessEnv, folder: string, hasTestCluster: boolean): NodeJS.ProcessEnv {
  if (!hasTestCluster || !existsSync(join(folder, 'kubectl'))) return env;
  return { ...env, PATH: `${env['PATH'] ?? ''}:${folder}` };
}

/** Reads the lines `export NAME=value` that `up` prints; `$PATH` in a value is ours. */
export function variablesIn(text: string, path: string): Record<string, string> {
  const lines = text.matchAll(/^export ([A-Z_]+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value.replaceAll('$PATH', path)]));
}
