import { access } from 'node:fs/promises';
import { RuntimeError } from '../../port/runtime-error.js';
import type { EngineFacts } from '../engine/engine-facts.js';
import { batched } from './batched.js';
import { baseRules, networkRemovals, networkRules, rulesRemoval } from './firewall-rules.js';
import { nft } from './nft.js';
import type { LabNetwork } from './session-networks.js';

/** Keeps labs apart from each other, from this host and from everything around it. */
export class Firewall {
  /** Each transaction is a process and a change of the kernel's rules: 15 ms of a processor. */
  private readonly open = batched(async (asked: LabNetwork[][]) => nft(this.rulesFor(asked.flat())));

  constructor(
    private readonly instance: string,
    private readonly facts: EngineFacts,
  ) {}

  /** The rules of the installation and the sets of these networks, in one transaction; repeats change nothing. */
  async isolate(networks: LabNetwork[]): Promise<void> {
    const obstacle = this.obstacle();
    if (obstacle) throw new RuntimeError('isolation_impossible', obstacle, false);
    await this.open(networks);
  }

  /** Takes the networks out of the sets: nothing is open any more, even before the bridges are gone. */
  async forget(networks: LabNetwork[]): Promise<void> {
    for (const removal of networks.flatMap((network) => networkRemovals(this.instance, network))) {
      // An element that is not there is the wish come true; the sets only ever open something.
      await nft(removal).catch(() => undefined);
    }
  }

  /** The rules of the installation go, too: nothing of it may run any more. */
  async remove(): Promise<void> {
    if (this.obstacle() === undefined) await nft(rulesRemoval(this.instance));
  }

  /**
   * The bridge must be an interface of this process's network namespace, else the rules hold somewhere else.
   * Podman makes bridges with the first container, so this is asked after it started.
   */
  async holdsFor(network: LabNetwork): Promise<boolean> {
    return access(`/sys/class/net/${network.bridge}`).then(
      () => true,
      () => false,
    );
  }

  private rulesFor(networks: LabNetwork[]): string {
    return baseRules(this.instance) + networks.map((network) => networkRules(this.instance, network)).join('');
  }

  private obstacle(): string | undefined {
    if (this.facts.rootless) {
      return 'The container engine runs without root, so the networks of labs cannot be isolated, and no lab is started.';
    }
    if (!this.facts.firewall) {
      return 'This process cannot set firewall rules on the machine of the container engine, so labs cannot be isolated, and none is started.';
    }
    return undefined;
  }
}
