import { readFileSync } from 'node:fs';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { removed } from '../../conformance/steps.js';
import { session } from '../../conformance/subject.js';
import type { Kind } from '../client/kube-object.js';
import type { KubernetesRuntime } from '../kubernetes-runtime.js';
import { label } from '../labels.js';
import { busybox } from '../testing/busybox.js';
import { addForeignObjects, letGo } from '../testing/foreign-objects.js';
import { accountToken } from '../testing/account-token.js';
import { describeOnCluster } from '../testing/test-cluster.js';
import { TestRuntimes } from '../testing/test-runtimes.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const rbac = 'rbac.authorization.k8s.io';
const clusterWide = (kind: string, plural: string): Kind => ({
  apiVersion: `${rbac}/v1`,
  kind,
  plural,
  namespaced: false,
});
const role = clusterWide('ClusterRole', 'clusterroles');
const binding = clusterWide('ClusterRoleBinding', 'clusterrolebindings');
const rightsFile = new URL('../../../../../deploy/helm/lab-orchestrator/files/rights.yaml', import.meta.url);

describeOnCluster('a removal that ten finalizers hold, with the rights that the chart gives', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'h');
  const namespace = `${runtimes.instance}-account`;
  let runtime: KubernetesRuntime;

  const rights = (kind: Kind, content: object) =>
    cluster().apply(
      { apiVersion: kind.apiVersion, kind: kind.kind, metadata: { name: namespace }, ...content },
      { kind },
    );

  beforeAll(async () => {
    const labels = { [label.instance]: runtimes.instance };
    await cluster().apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } });
    await cluster().apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'platform', namespace } });
    await rights(role, { rules: parse(readFileSync(rightsFile, 'utf8')).provisioner });
    await rights(binding, {
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: namespace },
      subjects: [{ kind: 'ServiceAccount', name: 'platform', namespace }],
    });
    const server = cluster().config.getCurrentCluster();
    if (!server) throw new TypeError('The KubeConfig has no current cluster.');
    const config = new KubeConfig();
    config.loadFromClusterAndUser(server, { name: 'platform', token: await accountToken(cluster(), namespace) });
    runtime = await runtimes.open({ config });
  });
  afterAll(async () => {
    await cluster().remove({ kind: binding, name: namespace });
    await cluster().remove({ kind: role, name: namespace });
    await runtimes.close();
  });

  it('names each object that it may look at, says of which kind it may not, and lets go of the others', async () => {
    const lab = session([busybox('alpha')]);
    await runtime.apply(lab);
    const objects = await addForeignObjects(cluster(), runtimes.namespaceOf(lab.sessionId));
    const [secret, ...others] = objects.toSorted((one) => (one.kind === 'Secret' ? -1 : 0));
    const hidden = 'something of secrets that the platform may not look at';
    const named = async () => (await runtime.remove(lab.sessionId)).remaining.toSorted();
    await expect
      .poll(named, { timeout: 120_000, interval: 500 })
      .toEqual(
        [
          ...others.map(({ kind, metadata }) => `${kind}/${metadata.name} is held by ${metadata.finalizers}`),
          `${hidden}, held by ${secret?.metadata.finalizers}`,
        ].toSorted(),
      );
    const { taken, left } = await runtime.forceRemove(lab.sessionId, () => Promise.resolve());
    const name = (object: { kind: string; name?: string }) => `${object.kind}/${object.name}`;
    expect(taken.map(name).toSorted()).toEqual(
      others.map(({ kind, metadata }) => name({ kind, name: metadata.name })).toSorted(),
    );
    expect(left).toEqual([hidden]);
    if (secret) await letGo(cluster(), secret);
    await removed(runtime, lab.sessionId, 240_000);
  });
});
