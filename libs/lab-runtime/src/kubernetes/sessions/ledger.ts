import { RuntimeError } from '../../port/runtime-error.js';
import type { Cluster } from '../client/cluster.js';
import { kinds, type Lease, type Namespace } from '../client/kinds.js';
import { annotation, label, labelsOf, selectorOf } from '../labels.js';
import { ledgerNamespaceOf, tombstoneName } from '../names.js';
import { generationOf } from './digest.js';

/** Session ids are never used again, so what was removed need not be remembered for ever. */
const rememberedMs = 7 * 24 * 3_600_000;
const pruneEveryMs = 3_600_000;
/** What is removed is over, whatever was wished for it: one write says so for good. */
const everyGeneration = Number.MAX_SAFE_INTEGER;

/**
 * Remembers removed sessions as Leases in a namespace of their own: the session's namespace, which guards everything
 * else, is gone then. A worker that slept finds its session here before it makes a namespace, and again afterwards.
 */
export class RemovalLedger {
  private readonly written = new Set<string>();
  private namespace: Promise<void> | undefined;
  private prunedAtMs = 0;

  constructor(
    private readonly cluster: Cluster,
    private readonly instance: string,
  ) {}

  /** @throws RuntimeError `stale_generation` when the session was removed */
  async check(sessionId: string, generation: number): Promise<void> {
    const lease = await this.cluster.read<Lease>({ kind: kinds.lease, ...this.place(sessionId) });
    if (lease && generationOf(lease) >= generation) throw outdated(sessionId, generation, 'it was removed');
  }

  /** From now on, no wish for this session is built any more. Written once by each process. */
  async markRemoved(sessionId: string): Promise<void> {
    if (this.written.has(sessionId)) return;
    await this.ensureNamespace();
    const { name, namespace } = this.place(sessionId);
    await this.cluster.apply<Lease>({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name,
        namespace,
        labels: labelsOf(this.instance, sessionId),
        annotations: { [annotation.generation]: String(everyGeneration) },
      },
      spec: { renewTime: microTime(new Date()) },
    });
    this.written.add(sessionId);
  }

  /** Forgets what was removed more than a week ago; does something once an hour at most. */
  async prune(nowMs = Date.now()): Promise<void> {
    if (nowMs - this.prunedAtMs < pruneEveryMs) return;
    this.prunedAtMs = nowMs;
    const scope = { namespace: ledgerNamespaceOf(this.instance), labelSelector: selectorOf(this.instance) };
    for await (const { items } of this.cluster.pages<Lease>(kinds.lease, scope)) {
      for (const { metadata, spec } of items) {
        const removedMs = Date.parse(String(spec?.renewTime ?? metadata.creationTimestamp));
        const { name = '', namespace } = metadata;
        if (nowMs - removedMs > rememberedMs) await this.cluster.remove({ kind: kinds.lease, name, namespace });
      }
    }
    this.written.clear();
  }

  private place(sessionId: string): { name: string; namespace: string } {
    return { name: tombstoneName(sessionId), namespace: ledgerNamespaceOf(this.instance) };
  }

  /** Makes the namespace of removals, and names it. */
  async ensureNamespace(): Promise<string> {
    this.namespace ??= this.makeNamespace().catch((error: unknown) => {
      this.namespace = undefined;
      throw error;
    });
    await this.namespace;
    return ledgerNamespaceOf(this.instance);
  }

  private async makeNamespace(): Promise<void> {
    const labels = { [label.instance]: this.instance, 'pod-security.kubernetes.io/enforce': 'restricted' };
    const metadata = { name: ledgerNamespaceOf(this.instance), labels };
    await this.cluster.apply<Namespace>({ apiVersion: 'v1', kind: 'Namespace', metadata });
  }
}

/** What a call gets that came too late. */
export function outdated(sessionId: string, generation: number, why: string): RuntimeError {
  const text = `Generation ${generation} of session ${sessionId} is outdated: ${why}.`;
  return new RuntimeError('stale_generation', text, false);
}

/** Leases count in microseconds. */
function microTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}
