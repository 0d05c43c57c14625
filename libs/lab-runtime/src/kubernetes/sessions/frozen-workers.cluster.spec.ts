import { setTimeout as delay } from 'node:timers/promises';
import type { SessionSpec } from '@lab-orchestrator/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { started } from '../../conformance/steps.js';
import { session } from '../../conformance/subject.js';
import { kinds } from '../client/kinds.js';
import type { Kind } from '../client/kube-object.js';
import type { KubernetesRuntime } from '../kubernetes-runtime.js';
import { annotation, label } from '../labels.js';
import { busybox } from '../testing/busybox.js';
import { numberFrom, seeded } from '../testing/seeded.js';
import { describeOnCluster, testImages } from '../testing/test-cluster.js';
import { TestRuntimes } from '../testing/test-runtimes.js';
import { Worker } from '../testing/worker.js';

/** The whole promise (R2) is 50 of 60 s: `LAB_TEST_FREEZES=50 LAB_TEST_FREEZE_S=60`, eight at a time. */
const freezes = numberFrom('LAB_TEST_FREEZES', 6);
const frozenMs = numberFrom('LAB_TEST_FREEZE_S', 3) * 1000;
const seed = numberFrom('LAB_TEST_SEED', 7);
const atOnce = Math.min(8, Math.ceil(freezes / 3));

vi.setConfig({ testTimeout: 180_000 + (freezes / atOnce) * (frozenMs + 60_000), hookTimeout: 180_000 });

/** What somebody else does with the session while a worker is frozen in the middle of an apply. */
const meanwhile = ['removes it', 'has a later wish', 'does the same'] as const;
type Meanwhile = (typeof meanwhile)[number];

describeOnCluster('workers frozen in the middle of a start', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'y');
  const workers: Worker[] = [];
  let other: KubernetesRuntime;

  beforeAll(async () => {
    Worker.build();
    other = await runtimes.open();
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await runtimes.close();
  });

  /** Names, identities, and what was written last: what a stale writer must not change. What is ending is gone. */
  async function worldOf({ sessionId }: SessionSpec) {
    const scope = { namespace: runtimes.namespaceOf(sessionId), labelSelector: `${label.session}=${sessionId}` };
    const { pod, service, networkPolicy, resourceQuota, limitRange, secret } = kinds;
    const watched: Kind[] = [pod, service, networkPolicy, resourceQuota, limitRange, secret];
    const listed = await Promise.all(watched.map((kind) => cluster().list(kind, scope)));
    return listed
      .flat()
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ kind, metadata: { name, uid, annotations } }) =>
        [kind, name, uid, annotations?.[annotation.digest]].join(' '),
      );
  }

  async function goOn(how: Meanwhile, lab: SessionSpec): Promise<SessionSpec> {
    // The later wish wants less: what the frozen one made of `beta` and of the file is for nobody.
    const later = { ...lab, generation: 2, networks: [{ name: 'lan', internet: true }], systems: [busybox('alpha')] };
    // Its namespace is still ending when the frozen one wakes after seconds, and gone when that takes a minute.
    if (how === 'removes it') await other.remove(lab.sessionId);
    if (how === 'has a later wish') await started(other, later);
    if (how === 'does the same') await started(other, lab);
    return how === 'has a later wish' ? later : lab;
  }

  async function freeze(worker: Worker, how: Meanwhile, random: () => number): Promise<string> {
    const file = { path: '/tmp/notes', contentBase64: Buffer.from('hello\n').toString('base64'), mode: '0640' };
    const lab = session([busybox('alpha', { files: [file] }), busybox('beta')]);
    // A start of two systems takes a dozen writes.
    const strike = { signal: 'SIGSTOP' as const, afterWrites: 1 + Math.floor(random() * 12), delayMs: random() * 20 };
    const round = `${how}, after ${strike.afterWrites} writes and ${strike.delayMs.toFixed(1)} ms`;
    await worker.tell({ do: 'strike', strike });
    const applying = worker.tell({ do: 'apply', spec: lab });
    await vi.waitUntil(() => worker.isFrozen, { timeout: 60_000, interval: 20 });
    const wish = await goOn(how, lab);
    const before = await worldOf(lab);
    await delay(frozenMs);
    worker.wake();
    const outcome = await applying;
    if (how === 'removes it') return `${round}: ${outcome}`;
    // All that was there is there, and no more; what only the frozen one wanted may be gone.
    const wanted = (line: string) => wish === lab || !/ (?:beta |files-)/.test(line);
    const after = await worldOf(lab);
    expect(after.filter(wanted), round).toEqual(before.filter(wanted));
    expect(before, round).toEqual(expect.arrayContaining(after));
    const { systems } = await other.observe(wish);
    expect(
      systems.map(({ state }) => state),
      round,
    ).toEqual(wish.systems.map(() => 'ready'));
    await other.remove(lab.sessionId);
    return `${round}: ${outcome}`;
  }

  it(`leave nothing stale when they wake, ${freezes} times (seed ${seed})`, async () => {
    const random = seeded(seed);
    const rounds = Array.from({ length: freezes }, (_, n) => meanwhile[n % 3] ?? 'removes it');
    const told: string[] = [];
    const kubeconfig = process.env['KUBECONFIG'] ?? '';
    const settings = { kubeconfig, instance: runtimes.instance, image: testImages.busybox };
    const inTurn = async () => {
      for (let how = rounds.shift(); how; how = rounds.shift()) {
        // A new one each time: what has slept long finds its watches broken off, and refuses the next wish at first.
        const worker = await Worker.start(settings);
        workers.push(worker);
        told.push(await freeze(worker, how, random));
        await worker.kill();
      }
    };
    await Promise.all(Array.from({ length: atOnce }, inTurn));
    expect(told).toHaveLength(freezes);
    // Every session was removed by now, and nothing of any comes back.
    const labelSelector = `${label.instance}=${runtimes.instance},${label.session}`;
    const left = async () => (await cluster().list(kinds.namespace, { labelSelector })).length;
    await expect.poll(left, { timeout: 120_000, interval: 500 }).toBe(0);
    const outcomes = (how: Meanwhile) => told.filter((line) => line.startsWith(how)).map((line) => line.split(': ')[1]);
    // Whoever wakes up with something left to do hears that it is too late.
    const tooLate = [...outcomes('removes it'), ...outcomes('has a later wish')];
    expect(
      tooLate.filter((outcome) => !['stale_generation', 'unreachable', 'done before'].includes(outcome ?? '')),
      told.join('\n'),
    ).toEqual([]);
    const well = ['done', 'done before', 'unreachable'];
    expect(outcomes('does the same').filter((outcome) => !well.includes(outcome ?? ''))).toEqual([]);
  });
});
