import { RuntimeError } from '../../port/runtime-error.js';
import { type ProbeCluster, type ProbeOptions, probePolicies } from './probe-policies.js';
import { explain, keepsApart, type PolicyVerdict } from './verdict.js';
import { VerdictStore } from './verdict-store.js';

export type IsolationGuardOptions = ProbeOptions & {
  /** Start labs although nothing keeps them apart: for a cluster that runs nothing else, and one learner's labs. */
  allowUnenforcedNetworks: boolean;
};

/** Lets no session begin on a cluster that does not keep labs apart. Probes when it is first asked, and once a day. */
export class IsolationGuard {
  private readonly store: VerdictStore;
  private current: { verdict: PolicyVerdict; validUntilMs: number } | undefined;
  private probing: Promise<PolicyVerdict> | undefined;

  constructor(
    private readonly cluster: ProbeCluster,
    private readonly options: IsolationGuardOptions,
  ) {
    this.store = new VerdictStore(cluster, options.instance);
  }

  /** @throws RuntimeError `isolation_impossible`; retryable while nothing is known */
  async require(): Promise<void> {
    if (this.options.allowUnenforcedNetworks) return;
    const verdict = await this.verdict();
    if (keepsApart(verdict)) return;
    throw new RuntimeError('isolation_impossible', explain(verdict), verdict.state === 'unknown');
  }

  /**
   * What is known now; probes when nothing is. Concurrent calls share one probe. Labs do not wait for the daily one: what
   * was enforced yesterday holds until the new verdict is there.
   */
  verdict(): Promise<PolicyVerdict> {
    const { current } = this;
    if (current !== undefined && current.validUntilMs > Date.now()) return Promise.resolve(current.verdict);
    this.probing ??= this.find().finally(() => (this.probing = undefined));
    if (!current || !keepsApart(current.verdict)) return this.probing;
    this.probing.catch(() => undefined);
    return Promise.resolve(current.verdict);
  }

  private async find(): Promise<PolicyVerdict> {
    const kept = await this.store.load(Date.now());
    if (kept !== undefined) {
      this.current = kept;
      return kept.verdict;
    }
    const verdict = await probePolicies(this.cluster, this.options);
    this.current = { verdict, validUntilMs: await this.store.save(verdict, Date.now()) };
    return verdict;
  }
}
