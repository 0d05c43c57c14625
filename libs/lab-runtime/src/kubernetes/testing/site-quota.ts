import { vi } from 'vitest';
import type { Cluster } from '../client/cluster.js';
import { kinds } from '../client/kinds.js';

/**
 * A quota that somebody else puts on a namespace, beside the runtime's own. It holds once the cluster has counted.
 * @returns how it is taken away again
 */
export async function siteQuota(
  cluster: Cluster,
  namespace: string,
  hard: Record<string, string>,
): Promise<() => Promise<unknown>> {
  const ref = { kind: kinds.resourceQuota, namespace, name: 'site' };
  const metadata = { name: ref.name, namespace };
  await cluster.apply({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard } });
  await vi.waitUntil(async () => (await cluster.read(ref))?.status?.used !== undefined, { timeout: 20_000 });
  return () => cluster.remove(ref);
}
