import { SessionSpec } from '@lab-orchestrator/contracts';
import { forbiddenSpecs, podSpec, service } from '@lab-orchestrator/contracts/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { hasStatus } from './client/api-error.js';
import { kinds } from './client/kinds.js';
import type { Kind, KubeObject } from './client/kube-object.js';
import { limitRangeFor, resourceQuotaFor } from './forge/limits.js';
import { namespaceFor, serviceAccountFor } from './forge/namespace.js';
import { namespaceOf } from './names.js';
import { busyboxImage } from './testing/busybox.js';
import { describeOnCluster, removeNamespaces, uniqueInstance } from './testing/test-cluster.js';
import { container, session } from '../conformance/subject.js';

type Fields = Record<string, unknown>;

describeOnCluster('forbidden specs in the namespace of a session', (cluster) => {
  const instance = uniqueInstance('s');
  const spec = session([container({ image: busyboxImage }, 'web')]);
  const namespace = namespaceOf(instance, spec.sessionId);
  const settings = { instance, cpuRequestShare: 0.1 } as Parameters<typeof resourceQuotaFor>[0];
  const kindOfName: Record<string, Kind> = { Pod: kinds.pod, Service: kinds.service };
  const objectOf = (kind: string, name: string, content: Fields) =>
    ({ apiVersion: 'v1', kind, metadata: { name, namespace }, spec: content }) as unknown as KubeObject;

  /** Whether the platform takes it as an administrator's object of a lab. */
  const isTaken = (object: unknown) =>
    SessionSpec.safeParse({ ...spec, kubernetesObjects: [JSON.parse(JSON.stringify(object))] }).success;

  beforeAll(async () => {
    await cluster().apply(namespaceFor(instance, spec, 'restricted'));
    await cluster().apply(serviceAccountFor(instance, spec.sessionId));
    await cluster().apply(resourceQuotaFor(settings, spec));
    await cluster().apply(limitRangeFor(settings, spec));
    const quota = { kind: kinds.resourceQuota, namespace, name: 'session' };
    await vi.waitUntil(async () => (await cluster().read(quota))?.status?.hard !== undefined, { timeout: 20_000 });
  });
  afterAll(async () => {
    await removeNamespaces(cluster(), [namespace]);
    cluster().close();
  });

  it('are told from the same specs without what is forbidden', async () => {
    const pod = objectOf('Pod', 'allowed', podSpec());
    await cluster().create(pod, { dryRun: true });
    await cluster().create(objectOf('Service', 'allowed', service({})), { dryRun: true });
    const { namespace: _, ...metadata } = pod.metadata;
    const given = { ...pod, metadata, spec: { ...podSpec(), automountServiceAccountToken: undefined } };
    expect(isTaken(given)).toBe(true);
  });

  it('are fifteen and more that both doors refuse', () => {
    expect(forbiddenSpecs.filter(([, , , doors]) => doors === 'both doors').length).toBeGreaterThanOrEqual(15);
  });

  it.each(forbiddenSpecs)('%s', async (_, kind, content, doors) => {
    const given = { apiVersion: 'v1', kind, metadata: { name: 'bad' }, spec: content };
    if (doors === 'both doors') expect(isTaken(given)).toBe(false);
    const made = await cluster()
      .create(objectOf(kind, 'bad', content))
      .catch((error: unknown) => error);
    // By an admission that judges it, not because the object makes no sense.
    expect(hasStatus(made, 403)).toBe(true);
    expect(String(made)).toMatch(/violates PodSecurity "restricted|exceeded quota|service account .* not found/);
    expect(await cluster().read({ kind: kindOfName[kind] ?? kinds.pod, namespace, name: 'bad' })).toBeUndefined();
  });

  it('a privileged pod of a Deployment never comes to be', async () => {
    const template = {
      metadata: { labels: { app: 'bad' } },
      spec: podSpec({}, {}, { privileged: true, allowPrivilegeEscalation: undefined }),
    };
    const deployment: Kind = { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments', namespaced: true };
    const object = {
      ...objectOf('Deployment', 'bad', { selector: { matchLabels: { app: 'bad' } }, template }),
      apiVersion: 'apps/v1',
    };
    await cluster().apply(object, { kind: deployment });
    const failures = async () =>
      (await cluster().list(kinds.event, { namespace, fieldSelector: 'reason=FailedCreate' })).length;
    await expect.poll(failures, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(await cluster().list(kinds.pod, { namespace, labelSelector: 'app=bad' })).toEqual([]);
  });
});
