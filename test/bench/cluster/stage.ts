import type { SessionSpec } from '@lab-orchestrator/contracts';
import { BareClient } from './bare.ts';
import type { Contender } from './contender.ts';
import { container, labOf, machine } from './labs.ts';
import { Ours } from './ours.ts';
import { ClusterStand } from './stand.ts';
import { type Template, templateOf } from './template.ts';

const labs = { containers: () => labOf(container('alpha')), machines: () => labOf(machine('alpha')) };

/** Both contenders on one cluster, with the same objects to make. */
export class Stage implements AsyncDisposable {
  readonly stand: ClusterStand;
  readonly ours: Ours;
  readonly bare: BareClient;

  private constructor(stand: ClusterStand, ours: Ours, bare: BareClient) {
    this.stand = stand;
    this.ours = ours;
    this.bare = bare;
  }

  static async open(): Promise<Stage> {
    const stand = await ClusterStand.open();
    try {
      const ours = await Ours.open(stand);
      return new Stage(stand, ours, new BareClient(await stand.config('bare'), stand.instances.bare));
    } catch (error) {
      await stand.close();
      throw error;
    }
  }

  /** One small container each. */
  containers() {
    return this.contenders(labs.containers);
  }

  /** One virtual machine each, without a guest. */
  machines() {
    return this.contenders(labs.machines);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.bare[Symbol.dispose]();
    // What is left is removed by the account that may: the runtime's own may be gone.
    await this.stand.close();
    await this.ours[Symbol.asyncDispose]();
  }

  private async contenders(lab: () => SessionSpec): Promise<{ bare: Contender; ours: Contender; template: Template }> {
    const life = await this.ours.start(lab());
    await life.ready;
    const template = await templateOf(this.stand.admin, this.stand.instances.ours, life.sessionId);
    await life.end();
    return {
      template,
      bare: this.bare.contender('bare client', template),
      ours: this.ours.contender('runtime', lab),
    };
  }
}
