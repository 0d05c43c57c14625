import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Docker from 'dockerode';
import { until } from '../support/until.ts';

const longestMs = 600_000;

/** The emulator of a machine as the product ran it: its arguments, its limits, and copies of what they name. */
export interface BootRecipe {
  engine: Docker;
  image: string;
  args: string[];
  disks: string;
  binds: string[];
  host: Pick<Docker.HostConfig, 'CpuQuota' | 'CpuPeriod' | 'Memory' | 'PidsLimit' | 'Devices'>;
  /** Keeps the seed after its session is gone. */
  folder: string;
}

/** Takes the recipe from a machine that runs. */
export async function recipeOf(runtimeFolder: string, sessionId: string): Promise<BootRecipe> {
  const engine = new Docker({ socketPath: join(runtimeFolder, 'engine/podman.sock') });
  const filters = { label: [`lab-orchestrator.session=${sessionId}`] };
  const [found] = await engine.listContainers({ filters });
  if (found === undefined) throw new Error('the engine does not know the machine that runs');
  const container = engine.getContainer(found.Id);
  const { Image: image, HostConfig: limits, Mounts: mounts } = await container.inspect();
  const folder = mkdtempSync(join(runtimeFolder, 'bench-'));
  chmodSync(folder, 0o755);
  copyFileSync(join(runtimeFolder, 'sessions', sessionId, 'server/disks/seed.iso'), join(folder, 'seed.iso'));
  const golden = mounts.filter(({ Destination }) => Destination.startsWith('/golden'));
  return {
    engine,
    image,
    args: withoutTap((await textIn(container, '/lab/qemu.args')).trimEnd().split('\n')),
    disks: await textIn(container, '/lab/disks'),
    binds: golden.map(({ Source, Destination }) => `${Source}:${Destination}:ro`),
    host: {
      // Podman answers with both ways to say it, and takes only one of them.
      CpuQuota: limits.CpuQuota,
      CpuPeriod: limits.CpuPeriod,
      Memory: limits.Memory,
      PidsLimit: limits.PidsLimit,
      Devices: devicesOf(limits),
    },
    folder,
  };
}

/** Podman answers with no permissions, and takes devices only with some. */
function devicesOf({ Devices }: Docker.HostConfig): Docker.DeviceMapping[] {
  const devices: Docker.DeviceMapping[] = Devices ?? [];
  return devices.map((device) => ({ ...device, CgroupPermissions: device.CgroupPermissions || 'rwm' }));
}

/**
 * Boots the same disk by the same arguments with nothing around it, and answers with the time from the start of its
 * container until its console asks for a login. Only its network card has no lab behind it.
 */
export async function bareBoot({ engine, image, args, disks, binds, host, folder }: BootRecipe): Promise<number> {
  const [own, run] = ['disks', 'run'].map((name) => join(folder, name));
  if (own === undefined || run === undefined) throw new Error('no folders');
  for (const path of [own, run]) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path);
    chmodSync(path, 0o777);
  }
  copyFileSync(join(folder, 'seed.iso'), join(own, 'seed.iso'));
  chmodSync(join(own, 'seed.iso'), 0o444);
  const create = disks.trimEnd().split('\n').map(createDisk).join(' && ');
  const container = await engine.createContainer({
    Image: image,
    Entrypoint: ['/bin/sh', '-c', `umask 000; ${create} && exec qemu-system-x86_64 "$@"`, 'sh'],
    Cmd: args,
    User: '64107:64107',
    HostConfig: {
      ...host,
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Binds: [...binds, `${own}:/vm/disks`, `${run}:/vm/run`],
    },
  });
  try {
    const startedAt = performance.now();
    await container.start();
    const serial = join(run, 'serial.fifo');
    await until(() => existsSync(serial) && readFileSync(serial, 'latin1').includes('login:'), longestMs);
    return performance.now() - startedAt;
  } finally {
    await container.remove({ force: true });
  }
}

/** A line of the launcher's own file: the disk, its size (0: the backing file's) and its backing file (-: none). */
function createDisk(line: string): string {
  const [file, size, backing] = line.split(' ');
  const below = backing === '-' ? '' : `-b ${backing} -F qcow2`;
  return `qemu-img create -q -f qcow2 ${below} ${file} ${size === '0' ? '' : size}`;
}

/** A tap needs a bridge and rights; QEMU's own network looks the same to the guest. */
const withoutTap = (args: string[]) =>
  args.map((argument) => argument.replace(/^tap,id=(\w+),.*$/, 'user,id=$1,restrict=on'));

async function textIn(container: Docker.Container, path: string): Promise<string> {
  const exec = await container.exec({ Cmd: ['cat', path], AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({});
  const chunks: Buffer[] = [];
  const output = { write: (chunk: Buffer) => chunks.push(chunk) };
  container.modem.demuxStream(stream, output, output);
  await new Promise((resolve) => stream.once('end', resolve));
  return Buffer.concat(chunks).toString('utf8');
}
