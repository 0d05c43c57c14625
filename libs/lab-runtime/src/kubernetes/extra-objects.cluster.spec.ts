import { KubernetesObject, kubernetesKinds } from '@lab-orchestrator/contracts';
import { afterAll, expect, it, vi } from 'vitest';
import { removed, started } from '../conformance/steps.js';
import { session } from '../conformance/subject.js';
import { kindOf } from './client/kinds.js';
import { extraKinds } from './forge/extra-objects.js';
import { busybox } from './testing/busybox.js';
import { describeOnCluster, testImages } from './testing/test-cluster.js';
import { TestRuntimes } from './testing/test-runtimes.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const pod = {
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'c',
      image: testImages.busybox,
      command: ['sleep', '60'],
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  ],
};
const template = { metadata: { labels: { app: 'load' } }, spec: pod };
const controlled = { selector: { matchLabels: { app: 'load' } }, template };
const contents: Record<keyof typeof kubernetesKinds, object> = {
  ConfigMap: { data: { a: 'b' } },
  Secret: { stringData: { a: 'b' } },
  Service: { spec: { selector: { app: 'load' }, ports: [{ port: 80 }] } },
  PersistentVolumeClaim: {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
  },
  Pod: { spec: pod },
  Deployment: { spec: { ...controlled, replicas: 1 } },
  StatefulSet: { spec: { ...controlled, serviceName: 'extra', replicas: 1 } },
  Job: { spec: { template: { ...template, spec: { ...pod, restartPolicy: 'Never' } } } },
};
const objects = Object.entries(kubernetesKinds).map(([kind, apiVersion]) =>
  KubernetesObject.parse({ apiVersion, kind, metadata: { name: 'extra' }, ...contents[kind as keyof typeof contents] }),
);

describeOnCluster('the objects that an administrator adds to a lab', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'x');
  afterAll(() => runtimes.close());

  it('are made, one of each kind, cost nothing the second time, and go with the session', async () => {
    const calls: string[] = [];
    const runtime = await runtimes.open({ extraObjects: true, onCall: ({ method }) => calls.push(method) });
    const lab = session([busybox('alpha')], { kubernetesObjects: objects });
    await started(runtime, lab);
    const namespace = runtimes.namespaceOf(lab.sessionId);
    const there = async () =>
      (
        await Promise.all(
          objects.map((object) => cluster().read({ kind: kindOf(object, extraKinds), namespace, name: 'extra' })),
        )
      ).flatMap((object) => object?.kind ?? []);
    expect((await there()).toSorted()).toEqual(Object.keys(kubernetesKinds).toSorted());
    calls.length = 0;
    await runtime.apply(lab);
    // A Secret is never read: that it is there already is what creating it again answers.
    expect(calls.filter((method) => method !== 'GET')).toEqual(['POST']);
    await removed(runtime, lab.sessionId, 240_000);
    expect(await there()).toEqual([]);
  });

  it.each([
    [{}, false],
    [{ extraObjects: true }, true],
  ])('are refused at admission unless told: %j', async (options, can) => {
    const runtime = await runtimes.open(options);
    expect((await runtime.capacity()).features).toMatchObject({ kubernetesObjects: can });
  });
});
