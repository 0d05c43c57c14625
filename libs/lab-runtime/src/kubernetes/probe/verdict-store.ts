import { z } from 'zod';
import type { Cluster } from '../client/cluster.js';
import { kinds } from '../client/kinds.js';
import { label } from '../labels.js';
import { probeNamespaceFor, probeNamespaceOf } from './probe-objects.js';
import { lifetimeOf, PolicyVerdict } from './verdict.js';

const name = 'network-policies';
const Kept = z.object({ verdict: PolicyVerdict, validUntil: z.iso.datetime() });

/** The last verdict, shared by all processes of an installation through a ConfigMap beside the probe. */
export class VerdictStore {
  constructor(
    private readonly cluster: Pick<Cluster, 'apply' | 'read'>,
    private readonly instance: string,
  ) {}

  /** Undefined when there is none, or it is too old, or nobody can read it. */
  async load(now: number): Promise<{ verdict: PolicyVerdict; validUntilMs: number } | undefined> {
    const namespace = probeNamespaceOf(this.instance);
    const object = await this.cluster.read({ kind: kinds.configMap, namespace, name });
    const kept = Kept.safeParse(parsed(object?.data?.['verdict'] ?? ''));
    if (!kept.success) return undefined;
    const validUntilMs = Date.parse(kept.data.validUntil);
    return validUntilMs > now ? { verdict: kept.data.verdict, validUntilMs } : undefined;
  }

  /** @returns until when it holds */
  async save(verdict: PolicyVerdict, now: number): Promise<number> {
    const validUntilMs = now + lifetimeOf(verdict);
    const kept = { verdict, validUntil: new Date(validUntilMs).toISOString() } satisfies z.infer<typeof Kept>;
    await this.cluster.apply(probeNamespaceFor(this.instance));
    await this.cluster.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: probeNamespaceOf(this.instance), labels: { [label.instance]: this.instance } },
      data: { verdict: JSON.stringify(kept) },
    });
    return validUntilMs;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
