import type Docker from 'dockerode';
import { messageOf, translated, isNotFound } from '../engine/engine-errors.js';
import { label } from '../names.js';
import type { SessionLedger } from '../sessions/session-ledger.js';
import type { ContainerFacts } from '../systems/container-facts.js';

/** Measuring walks the files of every layer: not more often than this. */
const measureEveryMs = 15_000;

/** Where the storage has no quota, systems that write too much are stopped and said to be broken. */
export class DiskWatch {
  private readonly measuredAtMs = new Map<string, number>();

  constructor(
    private readonly engine: Docker,
    private readonly ledger: SessionLedger,
    private readonly limits: { maxBytes: number; enforcedByStorage: boolean },
  ) {}

  async check(sessionId: string, containers: readonly ContainerFacts[], nowMs: number = Date.now()): Promise<void> {
    const running = containers.filter((container) => container.state === 'running');
    if (containers.length === 0) this.measuredAtMs.delete(sessionId);
    if (this.limits.enforcedByStorage || running.length === 0) return;
    const measuredAtMs = this.measuredAtMs.get(sessionId);
    const isDue = measuredAtMs !== undefined && nowMs - measuredAtMs >= measureEveryMs;
    // A session seen for the first time has not written much yet, and somebody waits for it.
    if (measuredAtMs === undefined || isDue) this.measuredAtMs.set(sessionId, nowMs);
    if (!isDue) return;
    const call = () =>
      this.engine.listContainers({ size: true, filters: { label: [`${label.session}=${sessionId}`] } });
    const sizes = new Map((await translated('Measuring disks', call)).map((info) => [info.Id, sizeOf(info)]));
    for (const container of running) {
      if ((sizes.get(container.id) ?? 0) > this.limits.maxBytes) await this.stop(container);
    }
  }

  private async stop(container: ContainerFacts): Promise<void> {
    await this.ledger.noteBroken(container.sessionId, container.system, {
      code: 'disk_full',
      system: container.system,
      text: `${container.system} was stopped because it wrote more than ${Math.round(this.limits.maxBytes / 2 ** 20)} MiB to its disk.`,
      advice: 'Start the lab again; the author of the lab can use a virtual machine with a larger disk.',
    });
    try {
      await this.engine.getContainer(container.id).stop({ t: 1 });
    } catch (error) {
      if (!isNotFound(error) && !/HTTP code 304/.test(messageOf(error))) throw error;
    }
  }
}

/** Docker's own types leave `SizeRw` out. */
function sizeOf(info: Docker.ContainerInfo): number {
  return 'SizeRw' in info && typeof info.SizeRw === 'number' ? info.SizeRw : 0;
}
