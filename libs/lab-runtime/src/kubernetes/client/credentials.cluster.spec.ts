import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { removed, started } from '../../conformance/steps.js';
import { session } from '../../conformance/subject.js';
import type { KubernetesRuntime } from '../kubernetes-runtime.js';
import { label } from '../labels.js';
import { accountToken } from '../testing/account-token.js';
import { busybox } from '../testing/busybox.js';
import { tcpProxy, type TcpProxy } from '../testing/tcp-proxy.js';
import { describeOnCluster } from '../testing/test-cluster.js';
import { TestRuntimes } from '../testing/test-runtimes.js';
import { hasStatus } from './api-error.js';
import { Cluster } from './cluster.js';
import { kinds } from './kinds.js';
import type { Kind } from './kube-object.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const rbac = 'rbac.authorization.k8s.io';
const binding: Kind = {
  apiVersion: `${rbac}/v1`,
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  namespaced: false,
};

/** A token cannot live shorter than ten minutes, so its account is deleted instead: the API server says 401 to both. */
describeOnCluster('credentials that are withdrawn from a runtime that runs', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'c');
  const namespace = `${runtimes.instance}-account`;
  const folder = mkdtempSync(join(tmpdir(), 'lab-token-'));
  const tokenFile = join(folder, 'token');
  let proxy: TcpProxy;
  let runtime: KubernetesRuntime;

  /** As the kubelet does for a pod. */
  async function issueToken(): Promise<void> {
    await cluster().apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'platform', namespace } });
    writeFileSync(tokenFile, await accountToken(cluster(), namespace));
  }

  /** What a pod's own account is read as: the token from a file, again and again. */
  function accountOf(config: KubeConfig): KubeConfig {
    const server = config.getCurrentCluster();
    if (!server) throw new TypeError('The KubeConfig has no current cluster.');
    const user = { name: 'platform', authProvider: { name: 'tokenFile', config: { tokenFile } } };
    const account = new KubeConfig();
    account.loadFromClusterAndUser(server, user);
    return account;
  }

  beforeAll(async () => {
    await cluster().apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { [label.instance]: runtimes.instance } },
    });
    await issueToken();
    const subjects = [{ kind: 'ServiceAccount', name: 'platform', namespace }];
    const roleRef = { apiGroup: rbac, kind: 'ClusterRole', name: 'cluster-admin' };
    const object = {
      apiVersion: binding.apiVersion,
      kind: binding.kind,
      metadata: { name: namespace },
      roleRef,
      subjects,
    };
    await cluster().apply(object, { kind: binding });
    proxy = await tcpProxy(accountOf(cluster().config));
    runtime = await runtimes.open({ config: proxy.config });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await cluster().remove({ kind: binding, name: namespace });
    await runtime.close();
    await proxy.close();
    await runtimes.close();
    rmSync(folder, { recursive: true });
  });

  it('are told with what to do, make nothing gone, and are renewed without a restart', async () => {
    const lab = session([busybox('alpha')]);
    const next = session([busybox('beta')]);
    await started(runtime, lab);
    await cluster().remove({ kind: kinds.serviceAccount, namespace, name: 'platform' });
    const client = new Cluster({ config: proxy.config });
    // The API server remembers for some seconds whom it believed.
    const refused = () =>
      client.get('/api/v1/namespaces').then(
        () => false,
        (error: unknown) => hasStatus(error, 401),
      );
    await vi.waitUntil(refused, { timeout: 60_000, interval: 500 });
    client.close();
    // Watches that were open stay open; new ones are refused.
    await proxy.restore();

    // The first call may go over a connection that broke meanwhile: a write whose answer was lost is not repeated blindly.
    const refusal = () => runtime.apply(next).catch((error: unknown) => error);
    await expect.poll(refusal, { timeout: 10_000 }).toMatchObject({
      code: 'insufficient_rights',
      retryable: true,
      message: expect.stringMatching(/does not accept the credentials.*A new token in the file/),
    });
    await expect(runtime.remove(next.sessionId)).rejects.toMatchObject({
      code: 'insufficient_rights',
      retryable: true,
    });
    for (const until = performance.now() + 3000; performance.now() < until;) {
      const { systems } = await runtime.observe(lab);
      expect(systems.map(({ state }) => state)).toEqual(['ready']);
      expect(await runtime.sessions()).toEqual([lab.sessionId]);
      await new Promise((done) => setTimeout(done, 200));
    }

    await issueToken();
    // The file is read again when what was read is a minute old.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    await vi.waitUntil(
      () =>
        runtime.apply(next).then(
          () => true,
          () => false,
        ),
      { timeout: 60_000, interval: 500 },
    );
    vi.useRealTimers();
    await started(runtime, next);
    expect((await runtime.sessions()).toSorted()).toEqual([lab.sessionId, next.sessionId].toSorted());
    for (const { sessionId } of [lab, next]) await removed(runtime, sessionId, 120_000);
  });
});
