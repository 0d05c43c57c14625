import { onTestFinished, vi } from 'vitest';
import { hasStatus } from '../client/api-error.js';
import type { Cluster } from '../client/cluster.js';
import { kinds, refOf } from '../client/kinds.js';
import type { Kind, KubeObject } from '../client/kube-object.js';

/** What somebody else's controllers could leave in a session's namespace: ten kinds, each with a finalizer of its own. */
function foreignObjects(namespace: string): KubeObject[] {
  const metadata = { labels: { app: 'foreign' } };
  const spec = { containers: [{ name: 'main', image: 'example.invalid/none' }] };
  const contents: [Kind, object][] = [
    [kinds.configMap, {}],
    [kinds.limitRange, { spec: { limits: [] } }],
    [kinds.lease, { spec: {} }],
    [kinds.networkPolicy, { spec: { podSelector: {} } }],
    [kinds.persistentVolumeClaim, claim],
    [kinds.podTemplate, { template: { metadata, spec } }],
    [kinds.resourceQuota, { spec: {} }],
    [kinds.secret, {}],
    [kinds.service, { spec: { clusterIP: 'None', selector: metadata.labels } }],
    [kinds.serviceAccount, {}],
  ];
  return contents.map(([{ apiVersion, kind }, content], index) => ({
    apiVersion,
    kind,
    metadata: { name: `foreign-${index}`, namespace, finalizers: [`example.com/hold-${index}`] },
    ...content,
  }));
}

const claim = {
  spec: {
    // No class makes a volume for it.
    storageClassName: '',
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '1Mi' } },
  },
};

/** Puts them into the namespace of a session, whose quota has no room for them. A test that fails leaves none of them. */
export async function addForeignObjects(cluster: Cluster, namespace: string): Promise<KubeObject[]> {
  const objects = foreignObjects(namespace);
  onTestFinished(async () => {
    for (const object of objects) await letGo(cluster, object);
  });
  await cluster.remove({ kind: kinds.resourceQuota, namespace, name: 'session' });
  // Admission knows of the quota for a moment longer.
  await vi.waitFor(() => Promise.all(objects.map((object) => cluster.apply(object))), 10_000);
  return objects;
}

export async function letGo(cluster: Cluster, object: KubeObject): Promise<void> {
  await cluster.merge(refOf(object), { metadata: { finalizers: null } }).catch((error: unknown) => {
    if (!hasStatus(error, 404)) throw error;
  });
}
