import { randomBytes } from 'node:crypto';
import { KubeConfig } from '@kubernetes/client-node';
import { describe } from 'vitest';
import { Cluster } from '../client/cluster.js';
import { kinds } from '../client/kinds.js';

/** Images that the test cluster has. */
export const testImages = { busybox: 'registry.test/busybox:1', tinyVm: 'registry.test/tiny-vm:1' } as const;

/** The cluster that KUBECONFIG names, which the set-up of all specs on a cluster has seen to. */
export function testCluster(): Cluster {
  const kubeconfig = process.env['KUBECONFIG'];
  if (kubeconfig === undefined) throw new Error('KUBECONFIG is not set.');
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  return new Cluster({ config });
}

/** Specs on a real cluster, with one client for all of them. */
export function describeOnCluster(name: string, specs: (cluster: () => Cluster) => void): void {
  describe(name, () => {
    let cluster: Cluster | undefined;
    specs(() => (cluster ??= testCluster()));
  });
}

/** A name that no other run on the same cluster has; fits an instance. */
export function uniqueInstance(letter: string): string {
  return `${letter}${randomBytes(3).toString('hex')}`;
}

/** Removes namespaces, and waits until they are gone. */
export async function removeNamespaces(cluster: Cluster, names: readonly string[]): Promise<void> {
  for (const name of names) await cluster.remove({ kind: kinds.namespace, name });
  for (const name of names) {
    const deadline = Date.now() + 90_000;
    while ((await cluster.read({ kind: kinds.namespace, name })) !== undefined) {
      if (Date.now() > deadline) throw new Error(`The namespace ${name} did not go away.`);
      await new Promise((done) => setTimeout(done, 300));
    }
  }
}
