import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { removed, started } from '../../conformance/steps.js';
import { session } from '../../conformance/subject.js';
import { kinds } from '../client/kinds.js';
import type { Kind } from '../client/kube-object.js';
import { label } from '../labels.js';
import { busybox } from '../testing/busybox.js';
import { numberFrom, seeded } from '../testing/seeded.js';
import { describeOnCluster, testImages } from '../testing/test-cluster.js';
import { TestRuntimes } from '../testing/test-runtimes.js';
import { Worker } from '../testing/worker.js';

/** R1 asks for 20 in 100 starts and stops: `LAB_TEST_KILLS=100`, each of them the end of a process. */
const kills = numberFrom('LAB_TEST_KILLS', 10);
const seed = numberFrom('LAB_TEST_SEED', 11);
const settledWithinMs = 120_000;

vi.setConfig({ testTimeout: 120_000 + kills * 20_000 + settledWithinMs, hookTimeout: 180_000 });

describeOnCluster('workers killed in the middle of starts and ends', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'k');
  beforeAll(() => Worker.build());
  afterAll(() => runtimes.close());

  const namespaces = async () => {
    const labelSelector = `${label.instance}=${runtimes.instance},${label.session}`;
    const found = await cluster().list(kinds.namespace, { labelSelector });
    return found.map(({ metadata }) => metadata.labels?.[label.session]);
  };

  it(`lose nothing, leave nothing and make nothing twice, ${kills} times (seed ${seed})`, async () => {
    const random = seeded(seed);
    const file = { path: '/tmp/notes', contentBase64: Buffer.from('hello\n').toString('base64'), mode: '0640' };
    const labs = Array.from({ length: kills }, () => session([busybox('alpha', { files: [file] }), busybox('beta')]));
    const settings = { kubeconfig: process.env['KUBECONFIG'] ?? '', instance: runtimes.instance };
    // Sessions end two rounds after they began, but for ten at most: more would not fit a small node.
    const isToEnd = (n: number) => n % 2 === 0 || n >= Math.min(20, kills - 2);
    let struck = 0;
    for (const [n, spec] of labs.entries()) {
      const worker = await Worker.start({ ...settings, image: testImages.busybox });
      // A start takes a dozen writes, an end a few; then it waits.
      const strike = { afterWrites: 1 + Math.floor(random() * 13), delayMs: random() * 60 };
      await worker.tell({ do: 'strike', strike: { signal: 'SIGKILL', ...strike } });
      const ending = n >= 2 && isToEnd(n - 2) ? labs[n - 2] : undefined;
      const outcomes = await Promise.all([
        worker.tell({ do: 'start', spec }),
        ...(ending ? [worker.tell({ do: 'stop', sessionId: ending.sessionId })] : []),
      ]);
      if (outcomes.includes('ended')) struck += 1;
      await worker.kill();
    }
    // Else the moments were badly chosen.
    expect(struck).toBeGreaterThan(kills / 2);

    const next = await runtimes.open();
    const killedAt = performance.now();
    const kept = labs.filter((_, n) => !isToEnd(n));
    const ended = labs.filter((_, n) => isToEnd(n));
    await Promise.all([
      ...kept.map((lab) => started(next, lab)),
      ...ended.map(({ sessionId }) => removed(next, sessionId, settledWithinMs)),
    ]);
    expect(performance.now() - killedAt).toBeLessThan(settledWithinMs);
    expect((await next.sessions()).toSorted()).toEqual(kept.map(({ sessionId }) => sessionId).toSorted());
    expect((await namespaces()).toSorted()).toEqual(kept.map(({ sessionId }) => sessionId).toSorted());

    // What is there is what a start without any trouble makes.
    const model = session([busybox('alpha', { files: [file] }), busybox('beta')]);
    await started(next, model);
    const wanted = (await runtimes.objectsOf(model.sessionId)).toSorted();
    for (const { sessionId } of kept) expect((await runtimes.objectsOf(sessionId)).toSorted()).toEqual(wanted);

    await Promise.all([...kept, model].map(({ sessionId }) => removed(next, sessionId, settledWithinMs)));
    expect(await namespaces()).toEqual([]);
    const labelSelector = `${label.instance}=${runtimes.instance}`;
    const { pod, service, networkPolicy, secret, serviceAccount } = kinds;
    const namespaced: Kind[] = [pod, service, networkPolicy, secret, serviceAccount];
    for (const kind of namespaced) {
      const orphans = await cluster().list(kind, { labelSelector });
      expect(orphans.map(({ metadata }) => `${kind.kind}/${metadata.name}`)).toEqual([]);
    }
  });
});
