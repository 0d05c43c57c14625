import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { ImageSpec, SystemObservation, VmSystemSpec } from '@lab-orchestrator/contracts';
import { z } from 'zod';
import { RuntimeError } from '../../port/runtime-error.js';
import type { Console, ConsoleTarget, ExecOptions, ExecResult } from '../../port/lab-runtime.js';
import type { ContainerImages } from '../containers/container-images.js';
import { freezeContainer, lastLogLines, thawContainer } from '../engine/container-calls.js';
import { translated } from '../engine/engine-errors.js';
import type { DiskImages, GoldenDisk } from '../images/disk-images.js';
import type { ContainerFacts } from '../systems/container-facts.js';
import type { ContainerPlan } from '../systems/container-plan.js';
import type { DriverContext } from '../systems/driver-context.js';
import type { SystemDriver } from '../systems/system-driver.js';
import type { SystemPlace } from '../systems/system-place.js';
import { allThere, settleBacking } from './backing-record.js';
import { readTail } from './hostile-file.js';
import { guestExec } from './guest-exec.js';
import { type KvmAccess, probeKvm } from './kvm-probe.js';
import { requireAgent } from './guest-port.js';
import { observeVm } from './observe-vm.js';
import { openVm } from './open-vm.js';
import { qmp } from './qmp-client.js';
import { type RunState, runStates } from './run-state.js';
import { vmAnswers } from './vm-answers.js';
import { vmDisks } from './vm-disks.js';
import { hostFolders, runFiles } from './vm-layout.js';
import { powerdownGraceS } from './vm-limits.js';
import { vmPlan } from './vm-plan.js';

const launcherName = 'vm-launcher';
const tunDevice = '/dev/net/tun';
/** Holds the id of the container that was ready. */
const readyMarker = 'ready';
const qmpTimeoutMs = 3000;
const Status = z.object({ status: z.enum(runStates) });

/** Drives VMs: QEMU in a launcher container that is, on the lab network, the guest itself. */
export function vmDriver(
  context: DriverContext,
  disks: DiskImages,
  images: Pick<ContainerImages, 'ensureBuiltin'>,
): SystemDriver<VmSystemSpec> {
  return new VmDriver(context, disks, images);
}

class VmDriver implements SystemDriver<VmSystemSpec> {
  private kvm?: Promise<KvmAccess | undefined>;

  constructor(
    private readonly context: DriverContext,
    private readonly disks: DiskImages,
    private readonly images: Pick<ContainerImages, 'ensureBuiltin'>,
  ) {}

  async plan(place: SystemPlace, system: VmSystemSpec): Promise<ContainerPlan> {
    if (!this.context.facts.tun) {
      throw new RuntimeError(
        'unsupported',
        'Virtual machines need /dev/net/tun, which this host does not offer.',
        false,
      );
    }
    const golden = await this.goldenDisks(place, system);
    const image = await this.images.ensureBuiltin(launcherName);
    for (const name of Object.values(hostFolders)) {
      await mkdir(`${place.folder}/${name}`, { recursive: true });
      // The emulator is another user; nobody else gets here through the closed parents.
      await chmod(`${place.folder}/${name}`, 0o777);
    }
    return vmPlan({
      place,
      system,
      disks: golden,
      image,
      kvm: await this.probedKvm(),
      userNamespaces: this.context.facts.userNamespaces && (await isOpenToAll(tunDevice)),
    });
  }

  async inspect(place: SystemPlace, system: VmSystemSpec, container: ContainerFacts): Promise<SystemObservation> {
    const run = `${place.folder}/${hostFolders.run}`;
    const emulator = container.state === 'running' ? await this.runState(run) : undefined;
    const ended = container.state === 'exited' || container.state === 'dead';
    return observeVm({
      system,
      container,
      emulator,
      ranBefore: (await readTail(`${run}/${runFiles.lastRun}`, 100)).length > 0,
      answers: emulator !== undefined && (await this.answered(place, system, container, emulator)),
      log: ended ? await this.lastWords(run, container.id) : '',
      nowMs: Date.now(),
    });
  }

  open(container: ContainerFacts, target: ConsoleTarget): Promise<Console> {
    return openVm(this.runFolder(container), container, target);
  }

  /** Through the agent inside the guest; images without one refuse. */
  async exec(container: ContainerFacts, command: string[], options: ExecOptions): Promise<ExecResult> {
    const run = this.runFolder(container);
    await requireAgent(`${run}/${runFiles.qmp}`);
    return guestExec(`${run}/${runFiles.agent}`, command, options);
  }

  /** Stops the guest's CPUs. A launcher that has no emulator yet is frozen as a whole. */
  async pause(container: ContainerFacts): Promise<void> {
    if (container.state !== 'running') return;
    const path = `${this.runFolder(container)}/${runFiles.qmp}`;
    if ((await this.runState(this.runFolder(container))) === undefined)
      return freezeContainer(this.context.engine, container);
    await qmp(path, [{ execute: 'stop' }], qmpTimeoutMs);
  }

  async resume(container: ContainerFacts): Promise<void> {
    await thawContainer(this.context.engine, container);
    if (container.state !== 'running' || (await this.runState(this.runFolder(container))) !== 'paused') return;
    await qmp(`${this.runFolder(container)}/${runFiles.qmp}`, [{ execute: 'cont' }], qmpTimeoutMs);
  }

  /** The guest is asked to power off first and gets some seconds for it. Also starts a VM that was not running. */
  async restart(container: ContainerFacts): Promise<void> {
    const { engine } = this.context;
    await thawContainer(engine, container);
    const handle = engine.getContainer(container.id);
    await rm(`${this.folder(container)}/${readyMarker}`, { force: true });
    const running = container.state === 'running' || container.state === 'paused';
    await translated('Restarting', () => (running ? handle.restart({ t: powerdownGraceS + 2 }) : handle.start()));
  }

  /** What the emulator wrote, or the launcher when it did not get that far. */
  private async lastWords(runFolder: string, containerId: string): Promise<string> {
    const emulator = (await readTail(`${runFolder}/${runFiles.emulatorLog}`, 500)).toString('utf8').trim();
    return emulator === '' ? lastLogLines(this.context.engine, containerId) : emulator;
  }

  private async goldenDisks(place: SystemPlace, system: VmSystemSpec) {
    const found = new Map<string, GoldenDisk>();
    for (const disk of system.disks) {
      if (disk.kind !== 'empty') found.set(disk.name, await this.require(disk.image));
    }
    const wanted = Object.fromEntries([...found].map(([name, golden]) => [name, golden.path]));
    const settled = await settleBacking(place.folder, wanted);
    if (!(await allThere(settled)))
      throw new RuntimeError('image_missing', 'The image of a disk has been removed.', true);
    return vmDisks(system.disks, ({ name }) => {
      const golden = found.get(name);
      const path = settled[name];
      if (!golden || path === undefined)
        throw new RuntimeError('invalid_spec', `The disk ${name} was not there before.`, false);
      return { ...golden, path };
    });
  }

  private async require(image: ImageSpec): Promise<GoldenDisk> {
    const golden = await this.disks.golden(image);
    if (golden) return golden;
    await this.disks.ensure(image);
    throw new RuntimeError('image_missing', `The image ${image.name} is not imported yet.`, true);
  }

  /** Undefined while no emulator listens. One that listens without answering is an error, not an absence. */
  private async runState(runFolder: string): Promise<RunState | undefined> {
    try {
      const [status] = await qmp(`${runFolder}/${runFiles.qmp}`, [{ execute: 'query-status' }], qmpTimeoutMs);
      return Status.parse(status).status;
    } catch (error) {
      if (isAway(error)) return undefined;
      throw new RuntimeError('unreachable', 'The emulator does not answer on its control socket.', true, {
        cause: error,
      });
    }
  }

  /**
   * A VM that was ready once stays so until it is restarted: a guest may reboot, and a learner may stop the very
   * service that was probed.
   */
  private async answered(
    place: SystemPlace,
    system: VmSystemSpec,
    container: ContainerFacts,
    emulator: RunState,
  ): Promise<boolean> {
    const marker = `${place.folder}/${readyMarker}`;
    if ((await readFile(marker, 'utf8').catch(() => '')) === container.id) return true;
    const address = container.addresses[system.networks[0] ?? ''];
    if (emulator !== 'running' || address === undefined) return false;
    const answers = await vmAnswers(system, address, `${place.folder}/${hostFolders.run}`);
    if (answers) await writeFile(marker, container.id);
    return answers;
  }

  private folder({ sessionId, system }: Pick<ContainerFacts, 'sessionId' | 'system'>): string {
    return `${this.context.dataDir}/sessions/${sessionId}/${system}`;
  }

  private runFolder({ sessionId, system }: Pick<ContainerFacts, 'sessionId' | 'system'>): string {
    return `${this.folder({ sessionId, system })}/${hostFolders.run}`;
  }

  private async probedKvm(): Promise<KvmAccess | undefined> {
    if (!this.context.facts.kvm) return undefined;
    this.kvm ??= probeKvm(this.context, () => this.images.ensureBuiltin(launcherName));
    return this.kvm;
  }
}

/** Root of a user namespace is a stranger to the host's devices. */
async function isOpenToAll(device: string): Promise<boolean> {
  return ((await stat(device)).mode & 0o006) === 0o006;
}

function isAway(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE';
}
