import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from '../client/cluster.js';
import { type Pod, kinds, refOf } from '../client/kinds.js';
import type { Kind, KubeObject } from '../client/kube-object.js';
import * as forge from './probe-objects.js';
import type { PolicyVerdict } from './verdict.js';

export type ProbeCluster = Pick<Cluster, 'apply' | 'read' | 'list' | 'remove'>;
export type ProbeOptions = {
  instance: string;
  /** An image with `sh`, and `socat` or busybox's `nc`. */
  image: string;
  /** How long pods may take to start, images included. */
  startMs?: number;
  /** How long a change of a policy may take until it holds. */
  settleMs?: number;
};

/** Nothing can be said, and why. */
class Inconclusive extends Error {}

const pollMs = 300;
/** A closed connection stays closed; a busy node that is late with an answer does not look like one. */
const holdMs = 5_000;

/**
 * Finds out whether the cluster's network plugin enforces NetworkPolicies: the API server takes them on every cluster,
 * and some plugins never look at them. A connection that works must stop when a policy forbids it, and work again
 * without it, so that a network that is broken is not taken for one that is closed.
 */
export async function probePolicies(cluster: ProbeCluster, options: ProbeOptions): Promise<PolicyVerdict> {
  const run = { instance: options.instance, image: options.image, id: randomBytes(4).toString('hex') };
  const probe = new Probe(cluster, run, options.startMs ?? 180_000, options.settleMs ?? 30_000);
  try {
    return await probe.verdict();
  } catch (error) {
    return { state: 'unknown', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await removeRun(cluster, options.instance, forge.probeSelector(run)).catch(() => undefined);
  }
}

/** Removes the pods and policies of a run; what is left of others ends by itself and goes with the next. */
async function removeRun(cluster: ProbeCluster, instance: string, labelSelector: string): Promise<void> {
  const namespace = forge.probeNamespaceOf(instance);
  const remove = async (kind: Kind, { metadata: { name } }: KubeObject) => {
    if (name !== undefined) await cluster.remove({ kind, namespace, name });
  };
  for (const pod of await cluster.list(kinds.pod, { namespace, labelSelector })) await remove(kinds.pod, pod);
  for (const policy of await cluster.list(kinds.networkPolicy, { namespace, labelSelector }))
    await remove(kinds.networkPolicy, policy);
}

class Probe {
  private server = '';

  constructor(
    private readonly cluster: ProbeCluster,
    private readonly run: forge.ProbeRun,
    private readonly startMs: number,
    private readonly settleMs: number,
  ) {}

  async verdict(): Promise<PolicyVerdict> {
    await this.cluster.apply(forge.probeNamespaceFor(this.run.instance));
    await this.removeFinished();
    this.server = await this.start();
    const directions = [
      ...((await this.closes('server', 'Ingress')) ? [] : ['ingress' as const]),
      ...((await this.closes('client', 'Egress')) ? [] : ['egress' as const]),
    ];
    if (directions.length > 0) return { state: 'not_enforced', directions };
    return { state: 'enforced', fromTheStart: await this.closesFromTheStart() };
  }

  private async remove({ metadata: { namespace, name } }: Pod): Promise<void> {
    if (name !== undefined) await this.cluster.remove({ kind: kinds.pod, namespace, name });
  }

  /** Pods of runs that were never finished have ended by their deadline. */
  private async removeFinished(): Promise<void> {
    const namespace = forge.probeNamespaceOf(this.run.instance);
    for (const pod of await this.cluster.list(kinds.pod, { namespace, labelSelector: forge.probeSelector() })) {
      if (pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') await this.remove(pod);
    }
  }

  private async start(): Promise<string> {
    const server = forge.serverPodFor(this.run);
    await this.cluster.apply(server);
    const address = (await this.reaches(server, ['Running'])).status?.podIP ?? '';
    const client = forge.clientPodFor(this.run, address);
    await this.cluster.apply(client);
    await this.reaches(client, ['Running']);
    return address;
  }

  /** Whether a policy for one side stops what works without it. */
  private async closes(role: 'server' | 'client', direction: 'Ingress' | 'Egress'): Promise<boolean> {
    if (!(await this.becomes(true))) throw new Inconclusive('Two pods cannot reach each other, even without a policy.');
    const policy = forge.closedFor(this.run, role, direction);
    await this.cluster.apply(policy);
    const closed = await this.becomes(false);
    await this.cluster.remove(refOf(policy));
    if (closed && !(await this.becomes(true))) {
      throw new Inconclusive('Two pods could not reach each other any more after a policy was removed.');
    }
    return closed;
  }

  /** Whether a pod is closed before its first process runs. */
  private async closesFromTheStart(): Promise<boolean> {
    await this.cluster.apply(forge.closedFor(this.run, 'newcomer', 'Egress'));
    const newcomer = forge.newcomerPodFor(this.run, this.server);
    await this.cluster.apply(newcomer);
    const ended = await this.reaches(newcomer, ['Succeeded', 'Failed']);
    const code = ended.status?.containerStatuses?.[0]?.state?.terminated?.exitCode;
    if (code !== 0 && code !== forge.answeredCode) throw new Inconclusive('A pod that tried at once did not end well.');
    return code === 0;
  }

  private async becomes(reachable: boolean): Promise<boolean> {
    const deadline = Date.now() + this.settleMs;
    let since: number | undefined;
    for (;;) {
      const now = Date.now();
      since = (await this.isReachable()) === reachable ? (since ?? now) : undefined;
      if (since !== undefined && (reachable || now - since >= holdMs)) return true;
      if (since === undefined && now > deadline) return false;
      await delay(pollMs);
    }
  }

  private async isReachable(): Promise<boolean> {
    const namespace = forge.probeNamespaceOf(this.run.instance);
    const name = forge.probeNameOf(this.run, 'client');
    const client = await this.cluster.read({ kind: kinds.pod, namespace, name });
    if (client?.status?.phase !== 'Running') throw new Inconclusive(`The pod ${name} went away.`);
    return client.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  }

  private async reaches(pod: Pod, phases: string[]): Promise<Pod> {
    const { namespace, name = '' } = pod.metadata;
    const deadline = Date.now() + this.startMs;
    for (;;) {
      const found = await this.cluster.read({ kind: kinds.pod, namespace, name });
      const phase = found?.status?.phase;
      if (found && phase !== undefined && phases.includes(phase)) return found;
      if (phase === 'Failed' || phase === 'Succeeded') throw new Inconclusive(`The pod ${name} ended at once.`);
      if (Date.now() > deadline) throw new Inconclusive(`The pod ${name} did not start: ${whyWaiting(found)}`);
      await delay(pollMs);
    }
  }
}

function whyWaiting(pod: Pod | undefined): string {
  const waiting = pod?.status?.containerStatuses?.[0]?.state?.waiting;
  const scheduled = pod?.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  return waiting?.message ?? waiting?.reason ?? scheduled?.message ?? 'no reason given';
}
