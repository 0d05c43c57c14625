import type {
  ImageObservation,
  SessionObservation,
  SessionSpec,
  SystemObservation,
  SystemSpec,
} from '@lab-orchestrator/contracts';
import type Docker from 'dockerode';
import type { ContainerImages } from '../containers/container-images.js';
import type { ContainerStore } from '../containers/container-store.js';
import { withInspection } from '../containers/read-facts.js';
import { unlessGone } from '../engine/engine-errors.js';
import type { DiskImages } from '../images/disk-images.js';
import type { ContainerFacts } from '../systems/container-facts.js';
import type { Drivers } from '../systems/drivers.js';
import type { DiskWatch } from '../containers/disk-watch.js';
import type { SessionFolders } from './session-folders.js';
import type { SessionLedger } from './session-ledger.js';

export type ObserverParts = {
  engine: Docker;
  containers: ContainerStore;
  drivers: Drivers;
  folders: SessionFolders;
  ledger: SessionLedger;
  disk: DiskWatch;
  images: Pick<ContainerImages, 'ensure'>;
  disks: Pick<DiskImages, 'ensure'>;
};

const ready: ImageObservation = { state: 'ready', percent: 100 };

/** Tells the state of each system: one list call, and a closer look only at what is not known to be well. */
export class SessionObserver {
  /** Containers that were ready when they were looked at last. */
  private readonly ready = new Set<string>();

  constructor(private readonly parts: ObserverParts) {}

  async observe(session: SessionSpec): Promise<SessionObservation> {
    const containers = await this.parts.containers.list(session.sessionId);
    await this.parts.disk.check(session.sessionId, containers);
    const bySystem = new Map(containers.map((container) => [container.system, container]));
    const systems = await Promise.all(
      session.systems.map((system) => this.system(session, system, bySystem.get(system.name))),
    );
    return { sessionId: session.sessionId, systems };
  }

  private async system(
    session: SessionSpec,
    system: SystemSpec,
    listed: ContainerFacts | undefined,
  ): Promise<SystemObservation> {
    const container = listed && (await this.lookCloser(listed));
    if (!container) return this.absent(system);
    const reason = await this.parts.ledger.broken(session.sessionId, system.name);
    if (reason) return { name: system.name, state: 'broken', stage: 'boot', addresses: container.addresses, reason };
    const place = this.parts.folders.place(session, system, []);
    const { drivers } = this.parts;
    const observation = await (system.kind === 'vm'
      ? drivers.vm.inspect(place, system, container)
      : drivers.container.inspect(place, system, container));
    if (observation.state === 'ready') this.ready.add(container.id);
    else this.ready.delete(container.id);
    return observation;
  }

  /** It waits for its images, or for the next apply. */
  private async absent(system: SystemSpec): Promise<SystemObservation> {
    const { images, disks } = this.parts;
    const observed = await (system.kind === 'container'
      ? images.ensure(system.image)
      : Promise.all(system.disks.map((disk) => ('image' in disk ? disks.ensure(disk.image) : ready))).then(leastReady));
    const absent = { name: system.name, stage: 'image', addresses: {} } as const;
    if (observed.state === 'failed') {
      const reason = observed.reason ?? { code: 'image_failed', text: 'An image could not be imported.', advice: '' };
      return { ...absent, state: 'broken', reason: { ...reason, system: system.name } };
    }
    return { ...absent, state: 'absent', ...(observed.percent === undefined ? {} : { percent: observed.percent }) };
  }

  private async lookCloser(container: ContainerFacts): Promise<ContainerFacts | undefined> {
    const known = container.state === 'created' || container.state === 'paused';
    if (known || (container.state === 'running' && this.ready.has(container.id))) return container;
    const call = () => this.parts.engine.getContainer(container.id).inspect();
    const info = await unlessGone('Looking at a container', call);
    return info && withInspection(container, info);
  }
}

function leastReady(images: ImageObservation[]): ImageObservation {
  const failed = images.find((image) => image.state === 'failed');
  const waiting = images.filter((image) => image.state !== 'ready');
  return failed ?? waiting.toSorted((a, b) => (a.percent ?? 0) - (b.percent ?? 0))[0] ?? ready;
}
