import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasStatus } from '../client/api-error.js';
import { kindOf } from '../client/kinds.js';
import type { KubeObject } from '../client/kube-object.js';
import { namespaceOf } from '../names.js';
import { marked } from '../sessions/digest.js';
import { containerSystem, forgeFacts, forgeSettings, labSession } from '../testing/lab-session.js';
import { describeOnCluster, removeNamespaces, uniqueInstance } from '../testing/test-cluster.js';
import { usualDns } from './dns-access.js';
import { extraKinds, extraObjectsFor } from './extra-objects.js';
import { filesSecretFor } from './files.js';
import { limitRangeFor, resourceQuotaFor } from './limits.js';
import { namespaceFor, serviceAccountFor } from './namespace.js';
import { podFor } from './pod.js';
import { policiesFor } from './policies.js';
import { serviceFor } from './service.js';

const instance = uniqueInstance('d');
const settings = forgeSettings({ instance, dns: { ...usualDns, cidrs: ['169.254.20.10', 'fd00::a'] } });
const system = containerSystem({
  networks: ['lan', 'wan'],
  environment: { A: '$(B)' },
  files: [{ path: '/home/lab/a', contentBase64: 'aGk=', mode: '0600' }],
  access: [
    { name: 'shell', kind: 'terminal', command: ['bash'] },
    { name: 'site', kind: 'web', port: 80, path: '/' },
  ],
});
const template = {
  metadata: { labels: { app: 'load' } },
  spec: {
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'c',
        image: 'registry.test/busybox:1',
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
};
const session = labSession({
  sessionId: crypto.randomUUID(),
  networks: [
    { name: 'lan', internet: false },
    { name: 'wan', internet: true },
  ],
  systems: [system],
  kubernetesObjects: [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'notes' }, data: { a: 'b' } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'load' },
      spec: { selector: { matchLabels: { app: 'load' } }, template },
    },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one' }, spec: template.spec },
  ],
});
const namespace = namespaceFor(instance, session, 'restricted');
const objects: [string, KubeObject][] = [
  serviceAccountFor(instance, session.sessionId),
  resourceQuotaFor(settings, session),
  limitRangeFor(settings, session),
  ...policiesFor(settings, session, forgeFacts),
  serviceFor(instance, session.sessionId, system),
  filesSecretFor(instance, session.sessionId, system) ?? namespace,
  podFor(settings, session, system, forgeFacts),
  ...extraObjectsFor(instance, session),
].map((object) => [`${object.kind} ${object.metadata.name}`, object]);

describeOnCluster('what is forged, before the API server', (cluster) => {
  beforeAll(async () => {
    await cluster().create(marked(namespace, 1));
    // Pods are refused until the namespace has its account.
    for (let tried = 0; tried < 50; tried += 1) {
      const pod = podFor(settings, session, system, forgeFacts);
      const refused = await cluster()
        .create(pod, { dryRun: true })
        .catch((error: unknown) => error);
      if (!hasStatus(refused, 403)) break;
      await delay(200);
    }
  }, 60_000);
  afterAll(() => removeNamespaces(cluster(), [namespaceOf(instance, session.sessionId)]), 120_000);

  it.each(objects)('%s is taken, and nothing of it is unknown', async (_, wanted) => {
    const object = marked(wanted, 1);
    const scope = { dryRun: true, kind: kindOf(object, extraKinds) };
    const taken = await cluster().apply(object, scope);
    // The server drops what it does not know: all that was written must be there still.
    expect(taken).toMatchObject(object.kind === 'Secret' ? { kind: 'Secret' } : (withoutQuantities(object) as object));
  });

  it('opens nothing by an empty rule', async () => {
    for (const policy of policiesFor(settings, session, forgeFacts)) {
      const { spec } = await cluster().apply(policy, { dryRun: true });
      for (const rule of spec?.ingress ?? []) expect(rule.from?.length).toBeGreaterThan(0);
      for (const rule of spec?.egress ?? []) expect(rule.to?.length).toBeGreaterThan(0);
    }
  });
});

/** The server writes `67108864` as `64Mi`; numbers are their own spec. An empty list comes back as none. */
function withoutQuantities(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutQuantities);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, item]) =>
      !['resources', 'hard', 'sizeLimit', 'defaultRequest'].includes(key) &&
      !(Array.isArray(item) && item.length === 0) &&
      item !== undefined,
  );
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutQuantities(item)]));
}
