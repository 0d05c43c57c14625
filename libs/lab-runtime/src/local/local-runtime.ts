import type {
  Capacity,
  ImageObservation,
  ImageSpec,
  SessionObservation,
  SessionSpec,
} from '@lab-orchestrator/contracts';
import type {
  CallOptions,
  Console,
  ConsoleTarget,
  ExecOptions,
  ExecResult,
  LabRuntime,
  Removal,
  SystemRef,
} from '../port/lab-runtime.js';
import { RuntimeError } from '../port/runtime-error.js';
import { capacityOf, diskRoom } from './engine/capacity.js';
import { ChangeWatch } from './engine/change-watch.js';
import { translated } from './engine/engine-errors.js';
import type { EngineFacts } from './engine/engine-facts.js';
import type { LocalParts } from './local-parts.js';
import type { ContainerFacts } from './systems/container-facts.js';
import { driverOf } from './systems/drivers.js';

/** Labs on one Linux machine: containers, and virtual machines in containers, on a Docker-compatible engine. */
export class LocalRuntime implements LabRuntime {
  private readonly watches = new Set<Disposable>();

  constructor(private readonly parts: LocalParts) {}

  /** What this engine on this host can and cannot do. */
  get facts(): EngineFacts {
    return this.parts.context.facts;
  }

  apply(session: SessionSpec, options: CallOptions = {}): Promise<void> {
    return translated('Building the lab', () => this.parts.applier.apply(session, options.signal));
  }

  observe(session: SessionSpec): Promise<SessionObservation> {
    return translated('Looking at the lab', () => this.parts.observer.observe(session));
  }

  remove(sessionId: string): Promise<Removal> {
    return translated('Removing the lab', () => this.parts.remover.remove(sessionId));
  }

  async pause(sessionId: string): Promise<void> {
    const containers = await this.parts.containers.list(sessionId);
    await Promise.all(containers.map((container) => this.driver(container).pause(container)));
  }

  async resume(sessionId: string): Promise<void> {
    const containers = await this.parts.containers.list(sessionId);
    await Promise.all(containers.map((container) => this.driver(container).resume(container)));
  }

  async restart(target: SystemRef): Promise<void> {
    const container = await this.find(target);
    await this.parts.ledger.forgetBroken(target.sessionId, target.system);
    await this.driver(container).restart(container);
  }

  async sessions(): Promise<string[]> {
    const [containers, networks, folders] = await Promise.all([
      this.parts.containers.list(),
      this.parts.networks.sessions(),
      this.parts.folders.sessions(),
    ]);
    return [...new Set([...containers.map(({ sessionId }) => sessionId), ...networks, ...folders])];
  }

  watch(onChange: (sessionId: string) => void): Disposable {
    const watch = new ChangeWatch(this.parts.context.engine, this.parts.context.instance, onChange);
    this.watches.add(watch);
    return {
      [Symbol.dispose]: () => {
        watch[Symbol.dispose]();
        this.watches.delete(watch);
      },
    };
  }

  ensureImage(image: ImageSpec, options: CallOptions = {}): Promise<ImageObservation> {
    return image.kind === 'disk' ? this.parts.disks.ensure(image, options.signal) : this.parts.images.ensure(image);
  }

  async images(): Promise<string[]> {
    const [containers, disks] = await Promise.all([this.parts.images.ids(), this.parts.disks.ids()]);
    return [...containers, ...disks];
  }

  async removeImage(imageId: string): Promise<void> {
    // Of an import that failed there is no disk, only the memory of it.
    await this.parts.disks.remove(imageId);
    await this.parts.images.remove(imageId);
  }

  async open(target: ConsoleTarget): Promise<Console> {
    const container = await this.findRunning(target);
    return translated('Opening a console', () => this.driver(container).open(container, target));
  }

  async exec(target: SystemRef, command: string[], options: ExecOptions): Promise<ExecResult> {
    const container = await this.findRunning(target);
    return translated('Running a command', () => this.driver(container).exec(container, command, options));
  }

  snapshot(): Promise<void> {
    return Promise.reject(new RuntimeError('unsupported', 'The local runtime cannot take snapshots.', false));
  }

  restore(): Promise<void> {
    return Promise.reject(new RuntimeError('unsupported', 'The local runtime has no snapshots.', false));
  }

  async capacity(): Promise<Capacity> {
    const { context, containers, cpuOvercommit } = this.parts;
    return capacityOf(context.facts, await containers.list(), cpuOvercommit, await diskRoom(context.dataDir));
  }

  /**
   * Takes away what outlasts the sessions of this installation on its host: the rules that keep labs apart.
   * @throws RuntimeError `unsupported` while a session is left
   */
  async uninstall(): Promise<void> {
    const left = await this.sessions();
    if (left.length > 0) {
      const text = `Sessions are left (${left.join(', ')}), and the firewall's rules keep them apart: remove them first.`;
      throw new RuntimeError('unsupported', text, false);
    }
    await this.parts.firewall.remove();
  }

  async close(): Promise<void> {
    for (const watch of this.watches) watch[Symbol.dispose]();
    this.watches.clear();
    await this.parts.disks.close();
  }

  private driver(container: ContainerFacts) {
    return driverOf(this.parts.drivers, container.kind);
  }

  private async find({ sessionId, system }: SystemRef): Promise<ContainerFacts> {
    const found = (await this.parts.containers.list(sessionId)).find((container) => container.system === system);
    if (found) return found;
    throw new RuntimeError('not_found', `There is no system ${system} in session ${sessionId}.`, false);
  }

  private async findRunning(target: SystemRef): Promise<ContainerFacts> {
    const container = await this.find(target);
    if (container.state === 'running') return container;
    throw new RuntimeError('unreachable', `${target.system} is not running (${container.state}).`, true);
  }
}
