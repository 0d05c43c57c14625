import type Docker from 'dockerode';
import { deframe } from '../engine/container-calls.js';
import { isConflict, isNotFound } from '../engine/engine-errors.js';
import type { DriverContext } from '../systems/driver-context.js';
import { ImageRefusal } from './image-refusal.js';

/** The user that disk tools and emulators run as inside their container; the number belongs to nobody on usual hosts. */
export const emulatorUser = 64_107;

export type DiskJob = {
  /** Unique per piece of work; a second run under the same name replaces the first. */
  name: string;
  command: string[];
  /** Host path → path inside. */
  mounts: { source: string; target: string; readOnly: boolean }[];
  devices?: string[];
  groups?: number[];
  timeoutMs: number;
};

/** Runs disk tools where a hostile image can harm nothing: no network, no capability, no other file. */
export class DiskTool {
  constructor(
    private readonly context: DriverContext,
    private readonly launcherImage: () => Promise<string>,
  ) {}

  /** Output of the tool; throws `ImageRefusal` when it fails or takes too long. */
  async run(job: DiskJob): Promise<string> {
    const { engine } = this.context;
    const name = `lab-tool-${this.context.instance}-${job.name}`;
    await removeIfThere(engine.getContainer(name));
    const container = await engine.createContainer(await this.container(name, job));
    const late = setTimeout(() => void removeIfThere(container), job.timeoutMs);
    try {
      await container.start();
      const { StatusCode: code } = await container.wait();
      const output = deframe(Buffer.from(await container.logs({ stdout: true, stderr: code !== 0, tail: 2000 })));
      if (code === 0) return output;
      throw failure(job, code, output);
    } finally {
      clearTimeout(late);
      await removeIfThere(container);
    }
  }

  private async container(name: string, job: DiskJob): Promise<Docker.ContainerCreateOptions> {
    return {
      name,
      Image: await this.launcherImage(),
      Entrypoint: [],
      Cmd: job.command,
      User: `${emulatorUser}:${emulatorUser}`,
      NetworkDisabled: true,
      Labels: { 'lab-orchestrator.instance': this.context.instance, 'lab-orchestrator.task': 'disk-tool' },
      HostConfig: {
        NetworkMode: 'none',
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges'],
        ReadonlyRootfs: true,
        PidsLimit: this.context.facts.pidsLimit ? 64 : undefined,
        Memory: this.context.facts.memoryLimit ? 768 * 1024 ** 2 : undefined,
        Devices: (job.devices ?? []).map((path) => ({
          PathOnHost: path,
          PathInContainer: path,
          CgroupPermissions: 'rw',
        })),
        GroupAdd: (job.groups ?? []).map(String),
        Binds: job.mounts.map((mount) => `${mount.source}:${mount.target}:${mount.readOnly ? 'ro' : 'rw'}`),
      },
    };
  }
}

async function removeIfThere(container: Docker.Container): Promise<void> {
  try {
    await container.remove({ force: true });
  } catch (error) {
    if (!isNotFound(error) && !isConflict(error)) throw error;
  }
}

function failure(job: DiskJob, code: number, stderr: string): ImageRefusal {
  if (/no space left|disk quota exceeded/i.test(stderr))
    return new ImageRefusal('disk_full', 'No space is left for the image.');
  if (code === 137) return new ImageRefusal('image_timeout', 'Reading the image took too long or too much memory.');
  const said = stderr.trim().split('\n').at(-1) ?? '';
  return new ImageRefusal('image_tool_failed', `The image cannot be read (${said.slice(0, 300)}).`);
}
