import type Docker from 'dockerode';
import { z } from 'zod';
import { RuntimeError } from '../../port/runtime-error.js';
import { connectLibpod, dial } from '../engine/engine-client.js';
import { isConflict, isNotFound, messageOf, translated, unlessGone } from '../engine/engine-errors.js';
import type { EngineFacts } from '../engine/engine-facts.js';
import { label } from '../names.js';
import type { ContainerFacts } from '../systems/container-facts.js';
import type { ContainerPlan } from '../systems/container-plan.js';
import { archiveOf } from './archive.js';
import { dockerCreate } from './docker-create.js';
import { readFacts } from './read-facts.js';
import type { Placement } from './placement.js';
import { podmanCreate } from './podman-create.js';

const Created = z.object({ Id: z.string() });

/** The only writer of containers. Every call may be repeated, and may be made by several processes at once. */
export class ContainerStore {
  private readonly libpod: Docker;

  constructor(
    private readonly engine: Docker,
    private readonly facts: EngineFacts,
    private readonly instance: string,
    url: string,
  ) {
    this.libpod = connectLibpod(url);
  }

  /** All containers of a session (or of the installation), from one list call. */
  async list(sessionId?: string): Promise<ContainerFacts[]> {
    const labels = [`${label.instance}=${this.instance}`, ...(sessionId ? [`${label.session}=${sessionId}`] : [])];
    const call = () => this.engine.listContainers({ all: true, filters: { label: labels } });
    const containers = await translated('Listing containers', call);
    return containers.map(readFacts).filter((container) => container !== undefined);
  }

  /** Creates the container, or finds the one that somebody else created in this moment. */
  async create(plan: ContainerPlan, at: Placement): Promise<{ id: string; created: boolean }> {
    try {
      const id =
        this.facts.product === 'podman' ? await this.createPodman(plan, at) : await this.createDocker(plan, at);
      return { id, created: true };
    } catch (error) {
      if (isConflict(error)) return { id: at.name, created: false };
      if (isNotFound(error) || /no such image|image not known/i.test(messageOf(error))) {
        throw new RuntimeError('image_missing', `The image of ${at.hostname} is not in the engine yet.`, true, {
          cause: error,
        });
      }
      throw error;
    }
  }

  /** Puts the files into a container that has not started yet. */
  async putFiles(id: string, plan: ContainerPlan, home: string): Promise<void> {
    if (plan.files.length === 0) return;
    const archive = await archiveOf(plan.files, home);
    await translated('Copying files', () => this.engine.getContainer(id).putArchive(archive, { path: '/' }));
  }

  /** Starts it; one that runs already is fine (304). */
  async start(id: string): Promise<void> {
    try {
      await this.engine.getContainer(id).start();
    } catch (error) {
      if (!/HTTP code 304/.test(messageOf(error))) throw error;
    }
  }

  /** Kills and removes it with its volumes; one that is gone is fine. */
  async remove(id: string): Promise<void> {
    await this.unthrottle(id);
    const call = () => this.engine.getContainer(id).remove({ force: true, v: true });
    await unlessGone('Removing a container', call).catch((error: unknown) => {
      // Podman answers so while it is ending, or while another process removes it, or while the kernel still holds its
      // mounts, or its processes take longer to die than Podman waits: the next removal finds it, or nothing.
      const isEnding = /state improper|device or resource busy|did not die within timeout/.test(messageOf(error));
      if (!isConflict(error) && !isEnding) throw error;
    });
  }

  /**
   * Lets it die as fast as it can. A fork bomb overdraws its share of a processor while it forks, and the kernel lets
   * none of its processes run, not even to their end, before that is paid back: minutes. Podman gives up on them, or
   * forgets the container while they live. Docker is not asked: what it does then was never seen.
   */
  private async unthrottle(id: string): Promise<void> {
    if (this.facts.product !== 'podman') return;
    const call = {
      path: `/libpod/containers/${id}/update`,
      method: 'POST',
      options: { cpu: { quota: -1 } },
      statusCodes: { 201: true, 404: 'no such container', 409: 'conflict', 500: 'server error' } as const,
    };
    // One that is not running refuses, and has nothing to pay back.
    await dial(this.libpod, call).catch(() => undefined);
  }

  private async createPodman(plan: ContainerPlan, at: Placement): Promise<string> {
    const call = {
      path: '/libpod/containers/create',
      method: 'POST',
      options: podmanCreate(plan, at),
      statusCodes: {
        201: true,
        400: 'bad parameter',
        404: 'no such image',
        409: 'conflict',
        500: 'server error',
      } as const,
    };
    return Created.parse(await dial(this.libpod, call)).Id;
  }

  private async createDocker(plan: ContainerPlan, at: Placement): Promise<string> {
    const [first, ...others] = at.attachments;
    const container = await this.engine.createContainer(
      dockerCreate(plan, { ...at, attachments: first ? [first] : [] }),
    );
    // Engines before API 1.44 take one network at creation; the others are joined before the first start.
    for (const attachment of others) {
      await this.engine.getNetwork(attachment.engineNetwork).connect({
        Container: container.id,
        EndpointConfig: {
          IPAMConfig: { IPv4Address: attachment.address },
          MacAddress: attachment.mac,
          Aliases: [at.hostname],
        },
      });
    }
    return container.id;
  }
}
