import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionSpec } from '@lab-orchestrator/contracts';
import { attachmentsOf } from '../sessions/placements.js';
import type { Attachment } from '../systems/system-place.js';
import type { LabNames } from './lab-names.js';
import { nameFile, type NamedSystem } from './name-file.js';
import type { LabNetwork } from './session-networks.js';

/**
 * Name servers of our own for Podman, whose one resolver for all networks passes outside names on, so that a lab
 * without internet could still talk to the world in questions. Podman's resolver program runs twice: `closed` knows
 * nothing but the names of labs, `open` (networks with internet) asks the host's resolver for the rest.
 */
export class AardvarkNames implements LabNames {
  constructor(
    private readonly program: string,
    private readonly folder: string,
  ) {}

  serversFor(attachments: readonly Attachment[]): string[] {
    // A resolver takes the first answer, and "there is no such name" is one: those that know more come first.
    const open = attachments.filter((attachment) => attachment.internet);
    return [...open, ...attachments.filter((attachment) => !attachment.internet)].map(({ gateway }) => gateway);
  }

  async publish(session: SessionSpec, all: readonly LabNetwork[]): Promise<void> {
    const networks = await existing(all);
    for (const network of networks) {
      const folder = this.folderOf(network.internet);
      await mkdir(folder, { recursive: true });
      const file = join(folder, network.engineNetwork);
      const content = nameFile(network.gateway, systemsOn(session, network, networks));
      if ((await readFile(file, 'utf8').catch(() => '')) !== content) await replace(file, content);
    }
    for (const internet of new Set(networks.map((network) => network.internet))) await this.wake(internet);
  }

  async withdraw(_sessionId: string, networks: readonly LabNetwork[]): Promise<void> {
    await Promise.all(
      networks.map((network) => rm(join(this.folderOf(network.internet), network.engineNetwork), { force: true })),
    );
    for (const internet of new Set(networks.map((network) => network.internet))) await this.tell(internet);
  }

  /** The running server reads its files again; it ends by itself when none is left. False when none runs. */
  private async tell(internet: boolean): Promise<boolean> {
    const folder = this.folderOf(internet);
    const pid = Number(await readFile(join(folder, 'aardvark.pid'), 'utf8').catch(() => '0'));
    return pid > 0 && (await isServer(pid, folder)) && process.kill(pid, 'SIGHUP');
  }

  /** One that died is started. Only for names there are: a server that is given none stays for ever. */
  private async wake(internet: boolean): Promise<void> {
    if (await this.tell(internet)) return;
    const folder = this.folderOf(internet);
    const env = { PATH: process.env['PATH'], ...(internet ? {} : { AARDVARK_NO_PROXY: '1' }) };
    const child = spawn(this.program, ['--config', folder, '-p', '53', 'run'], {
      detached: true,
      stdio: 'ignore',
      env,
    });
    await once(child, 'spawn');
    child.unref();
  }

  private folderOf(internet: boolean): string {
    return join(this.folder, internet ? 'open' : 'closed');
  }
}

function systemsOn(session: SessionSpec, network: LabNetwork, networks: readonly LabNetwork[]): NamedSystem[] {
  return session.systems
    .filter((system) => system.networks.includes(network.network))
    .map((system) => ({
      name: system.name,
      addresses: attachmentsOf(session, system, networks)
        .filter((attachment) => attachment.network === network.network)
        .map((attachment) => attachment.address),
    }));
}

/** Podman makes a bridge with its first container; a server cannot listen on it before. */
async function existing(networks: readonly LabNetwork[]): Promise<LabNetwork[]> {
  const found = await Promise.all(
    networks.map(({ bridge }) =>
      access(`/sys/class/net/${bridge}`).then(
        () => true,
        () => false,
      ),
    ),
  );
  return networks.filter((_, index) => found[index]);
}

async function isServer(pid: number, folder: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes(folder);
}

/** The server may read at any moment: it must see the old file or the new one. */
async function replace(file: string, content: string): Promise<void> {
  const draft = join(file, '..', '..', `${process.pid}.${Math.random().toString(36).slice(2)}.draft`);
  await writeFile(draft, content);
  await rename(draft, file);
}
