import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addLearner } from '../e2e/support/people.ts';
import { Api } from '../e2e/support/api.ts';
import { openBrowser } from '../e2e/support/browser.ts';
import { leftIn } from '../e2e/support/engine.ts';
import { product } from '../e2e/support/product.ts';
import { Workspace } from '../e2e/support/workspace.ts';
import { SERVICES } from '../../tools/launcher/services/service-list.ts';
import { Steps } from '../../tools/launcher/terminal/steps.ts';
import { checkout } from '../../tools/setup/checkout.mjs';
import { chartFolder } from '../../tools/cluster/helm/chart-folder.ts';
import { helmProgram } from '../../tools/cluster/helm/helm-program.ts';
import { outputOf } from '../../tools/cluster/images/command.ts';
import { Kubectl } from '../../tools/cluster/kube/kubectl.ts';
import { untilRolledOut } from '../../tools/cluster/kube/rollout.ts';
import { installation } from '../../tools/cluster/testing/installed-variables.ts';

const { namespace, release, instance } = installation();
const kubectl = new Kubectl(process.env);
const services: readonly string[] = SERVICES;
const released = ['--namespace', namespace, '--selector', `app.kubernetes.io/instance=${release}`];
/** Labs that run all the time, besides the one in the browser. */
const count = Number(process.env['LAB_TEST_LIVE_SESSIONS'] ?? 2);

interface Pod {
  metadata: { name: string; uid: string; labels: Record<string, string> };
}
const podsOf = async (args: string[]) => (await kubectl.list<Pod>(['pods', ...args])).map(({ metadata }) => metadata);
const labPods = async (sessionId: string) =>
  (await podsOf(['--namespace', `${instance}-${sessionId}`])).map(({ uid }) => uid).toSorted();
const platformPods = async () =>
  (await podsOf(released)).filter(({ labels }) => services.includes(labels['app.kubernetes.io/component'] ?? ''));

const rolledOut = () => new Steps().run('Services', (step) => untilRolledOut(kubectl, released, step));

async function helm(...args: string[]) {
  const program = await helmProgram(checkout, process.env);
  await outputOf([program, ...args, '--namespace', namespace, '--timeout', '10m']);
  await rolledOut();
}

async function revision(): Promise<number> {
  const history = ['history', release, '--namespace', namespace, '--max', '1', '--output', 'json'];
  const [last] = JSON.parse(await outputOf([await helmProgram(checkout, process.env), ...history]));
  return last.revision;
}

/** What a new version does: every pod of the platform is another one, and those that people reach are two. */
const upgrade = () => {
  const settings = services.flatMap((service) => [`services.${service}.podAnnotations.version=at-${Date.now()}`]);
  const two = ['gateway', 'console-service'].map((service) => `services.${service}.replicas=2`);
  return helm(
    'upgrade',
    release,
    chartFolder(checkout),
    '--reuse-values',
    ...[...settings, ...two].flatMap((each) => ['--set', each]),
  );
};

/** As who empties a node for maintenance does. */
const evict = (pod: string) => {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace } };
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
  return kubectl.run(['create', '--raw', path, '-f', '-'], JSON.stringify(eviction));
};

/** Asks for the catalog all the time, as browsers do. @returns what went wrong until it is stopped */
function askAllTheTime(api: Api) {
  const failures: string[] = [];
  let asks = 0;
  const stop = new AbortController();
  const asking = (async () => {
    for (; !stop.signal.aborted; asks += 1, await sleep(200)) {
      const response = await api.send('GET', '/labs').catch((error: Error) => error);
      if (response instanceof Error || !response.ok)
        failures.push(response instanceof Error ? String(response.cause ?? response) : String(response.status));
    }
  })();
  return async () => {
    stop.abort();
    await asking;
    return { asks, failures };
  };
}

describe('while labs run, the platform', () => {
  let browser: Browser;
  let workspace: Workspace;
  let api: Api;
  const others: { api: Api; id: string }[] = [];
  const running = new Map<string, string[]>();
  let before: number;

  beforeAll(async () => {
    before = await revision();
    const { url, admin } = product();
    for (let each = 0; each < count; each += 1) {
      const other = await Api.signIn(url, await addLearner(url, admin, 'Learner during an upgrade'));
      others.push({ api: other, id: (await other.start(await other.labNamed('first-steps'))).id });
    }
    browser = await openBrowser();
    const login = await addLearner(url, admin, 'Learner during an upgrade');
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en' });
    workspace = await Workspace.start(await Workspace.signIn(context, url, login), 'First steps in the shell');
    api = await Api.signIn(url, login);
    for (const other of others) await other.api.reaches(other.id, ['ready'], 120_000);
    for (const id of [workspace.sessionId, ...others.map((other) => other.id)]) running.set(id, await labPods(id));
    const terminal = await workspace.terminal(/workstation/i);
    await terminal.run('echo kept-$((6*7)) > kept; cat kept');
    await terminal.shows('kept-42');
  });
  afterAll(async () => {
    for (const other of others) await other.api.end(other.id).catch(() => undefined);
    await browser?.close();
  });

  const labsAreTheSame = async () => {
    for (const [id, pods] of running) {
      expect(pods).not.toEqual([]);
      expect(await labPods(id)).toEqual(pods);
    }
    expect((await api.session(workspace.sessionId)).phase).toBe('ready');
    for (const other of others) expect((await other.api.session(other.id)).phase).toBe('ready');
    const terminal = await workspace.terminal(/workstation/i);
    await terminal.run('clear; cat kept kept');
    await terminal.shows(/kept-42\s*kept-42/);
  };

  /** Everything that happens meanwhile is answered. */
  async function withoutAFailure(change: () => Promise<unknown>) {
    const stop = askAllTheTime(api);
    await change();
    const { asks, failures } = await stop();
    expect(failures).toEqual([]);
    expect(asks).toBeGreaterThan(10);
  }

  async function replacesAll(change: () => Promise<void>, pods: number) {
    const old = new Set((await platformPods()).map(({ uid }) => uid));
    await withoutAFailure(change);
    await expect.poll(async () => (await platformPods()).length, { timeout: 120_000 }).toBe(pods);
    expect((await platformPods()).filter(({ uid }) => old.has(uid))).toEqual([]);
    await labsAreTheSame();
  }

  it('is upgraded: all its pods are others, no request fails, and the labs go on', () => replacesAll(upgrade, 8));

  it('loses one pod of a service at a time when a node is emptied, and no request fails', async () => {
    const [first = '', second = ''] = (await platformPods())
      .filter(({ labels }) => labels['app.kubernetes.io/component'] === 'gateway')
      .map((pod) => pod.name);
    await withoutAFailure(async () => {
      await evict(first);
      await expect(evict(second)).rejects.toThrow(/disruption budget/);
      await rolledOut();
    });
  });

  it('is rolled back: the same', () => replacesAll(() => helm('rollback', release, String(before)), 6));

  it('ends these labs, and nothing of them is left', async () => {
    await workspace.end();
    for (const other of others) await other.api.end(other.id);
    for (const id of running.keys()) await expect.poll(() => leftIn(id), { timeout: 120_000 }).toEqual([]);
  });
});
