import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { note, type Steps } from '../launcher/terminal/steps.ts';
import { findTarget } from './kube/target.ts';
import type { Options } from './options.ts';
import { install } from './run.ts';
import { installedVariables } from './testing/installed-variables.ts';

/** What every runtime must pass, and what only a cluster can show. */
const CONFORMANCE = ['libs/lab-runtime/src/kubernetes'];

/**
 * Runs the conformance suite on the cluster, and the end-to-end specs against the product that is installed there.
 * Names of spec files choose some of them.
 */
export async function testOnCluster(checkout: string, options: Options, steps: Steps): Promise<number> {
  const { env } = await findTarget(checkout, process.env);
  const files = options.rest;
  const [e2e, other] = [files.filter((name) => name.includes('e2e')), files.filter((name) => !name.includes('e2e'))];
  const codes: number[] = [];
  if (files.length === 0 || other.length > 0)
    codes.push(await vitest(checkout, 'cluster', other.length > 0 ? other : CONFORMANCE, env));
  if (files.length === 0 || e2e.length > 0) {
    await using undo = new AsyncDisposableStack();
    const product = await install(checkout, options, steps, undo);
    codes.push(await vitest(checkout, 'installed', e2e, { ...env, ...installedVariables(product, options) }));
  }
  note(codes.every((code) => code === 0) ? 'All passed on the cluster.' : 'Something failed on the cluster.');
  return Math.max(...codes);
}

async function vitest(checkout: string, project: string, files: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn('vitest', ['run', '--project', project, ...files], { cwd: checkout, env, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}
