import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Step, Steps } from '../launcher/terminal/steps.ts';
import { Advice } from '../setup/advice.mjs';
import { helmProgram } from './helm/helm-program.ts';
import { outputOf } from './images/command.ts';
import { Kubectl } from './kube/kubectl.ts';
import { findTarget } from './kube/target.ts';
import { clusterCache, type Options } from './options.ts';

interface Named {
  metadata: { name: string };
}
interface Volume extends Named {
  spec: { claimRef?: { namespace?: string }; persistentVolumeReclaimPolicy: string };
}

const GONE_AFTER_S = 600;

/** Removes the release, every session, the golden images, the namespaces and what their volumes leave. */
export async function uninstall(checkout: string, options: Options, steps: Steps): Promise<number> {
  const target = await steps.run('Cluster', () => findTarget(checkout, process.env));
  const kubectl = new Kubectl(target.env);
  const helm = await helmProgram(checkout, process.env);
  // First the platform: it would bring back what it finds missing.
  await steps.run('Release', () =>
    outputOf([helm, 'uninstall', options.release, '--namespace', options.namespace, '--ignore-not-found', '--wait'], {
      env: target.env,
    }),
  );
  const namespaces = [...(await namespacesOfLabs(kubectl, options.instance)), options.namespace];
  await steps.run('Labs, images, data', (step) => removeNamespaces(kubectl, namespaces, step));
  await steps.run('Volumes', (step) => untilVolumesAreGone(kubectl, new Set(namespaces), step));
  for (const kept of ['people', 'values']) {
    rmSync(join(clusterCache(checkout), `${kept}-${options.namespace}-${options.release}.json`), { force: true });
  }
  return 0;
}

async function namespacesOfLabs(kubectl: Kubectl, instance: string): Promise<string[]> {
  const found = await kubectl.list<Named>(['namespaces', '--selector', `lab-orchestrator.dev/instance=${instance}`]);
  return found.map(({ metadata }) => metadata.name);
}

async function removeNamespaces(kubectl: Kubectl, names: string[], step: Step): Promise<void> {
  await kubectl.run(['delete', 'namespace', '--ignore-not-found', '--wait=false', ...names]);
  await until(async () => {
    const left = (await kubectl.list<Named>(['namespaces'])).map(({ metadata }) => metadata.name);
    const ours = left.filter((name) => names.includes(name));
    step.progress(`${ours.length} of ${names.length} namespaces left`);
    return ours;
  });
  step.result(`${names.length} namespaces`);
}

/** Volumes of a class that keeps them are ours to remove; the others go by themselves. */
async function untilVolumesAreGone(kubectl: Kubectl, namespaces: Set<string>, step: Step): Promise<void> {
  const ours = async () => {
    const volumes = await kubectl.list<Volume>(['persistentvolumes']);
    return volumes.filter(({ spec }) => namespaces.has(spec.claimRef?.namespace ?? ''));
  };
  const kept = (await ours()).filter(({ spec }) => spec.persistentVolumeReclaimPolicy === 'Retain');
  for (const { metadata } of kept) await kubectl.run(['delete', 'persistentvolume', metadata.name, '--wait=false']);
  if (kept.length > 0)
    step.result(`${kept.length} were kept by their storage class; its storage may still hold their data`);
  await until(async () => (await ours()).map(({ metadata }) => metadata.name));
}

async function until(left: () => Promise<string[]>): Promise<void> {
  const deadline = Date.now() + GONE_AFTER_S * 1_000;
  for (;;) {
    const names = await left();
    if (names.length === 0) return;
    if (Date.now() > deadline) throw new Advice(`Still there after ${GONE_AFTER_S} s: ${names.join(', ')}`);
    await sleep(1_000);
  }
}
