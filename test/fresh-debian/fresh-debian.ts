import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where packages come from; those of third parties are not asked. */
const debianSources = ['/etc/apt/sources.list', '/etc/apt/sources.list.d/debian.sources'];
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** How this machine reaches the servers of packages is no part of what is tried. */
const kept = /^(https?_proxy|no_proxy|npm_config_.*|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE)$/i;

/** A root folder of its own, which a container is not: nothing of this machine is there, and pods can be started in it. */
const enter = `
mount --make-rprivate /
mount --bind "$ROOT" "$ROOT"; cd "$ROOT"
mount -t proc proc proc; mount --rbind /sys sys; mount --rbind /dev dev
mount -t tmpfs tmpfs run; mount -t tmpfs tmpfs tmp
mkdir -p mnt/old; pivot_root . mnt/old; cd /root/lab-orchestrator; umount -l /mnt/old
exec "$@"`;

/** Debian as its installer leaves it for root, with git, Node.js and npm, and a clone of this checkout. Nothing else. */
export class FreshDebian {
  private readonly root: string;
  private readonly running = new Set<ChildProcess>();

  private constructor(root: string) {
    this.root = root;
  }

  /** @param folder is made anew; its file system must allow devices */
  static async make(folder: string, checkout: string): Promise<FreshDebian> {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    const [, release = ''] = /^VERSION_CODENAME=(\w+)$/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? [];
    const sources = debianSources.filter((file) => existsSync(file));
    const packages = '--include=git,ca-certificates,libstdc++6';
    execFileSync('mmdebstrap', ['--variant=minbase', packages, release, folder, ...sources], { stdio: 'pipe' });
    const certificates = [process.env['NODE_EXTRA_CA_CERTS'], process.env['SSL_CERT_FILE']];
    for (const file of ['/etc/resolv.conf', '/etc/hosts', ...sources, ...certificates])
      if (file) cpSync(file, join(folder, file), { dereference: true });
    const npm = dirname(dirname(realpathSync(execFileSync('which', ['npm'], { encoding: 'utf8' }).trim())));
    cpSync(npm, join(folder, 'usr/lib/node_modules/npm'), { recursive: true });
    symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(folder, 'usr/bin/npm'));
    cpSync(process.execPath, join(folder, 'usr/bin/node'));
    execFileSync('git', ['clone', '--quiet', checkout, join(folder, 'root/lab-orchestrator')]);
    return new FreshDebian(folder);
  }

  /** Runs a command in the clone, in a process group of its own. */
  run(...command: string[]): ChildProcess {
    const inherited = Object.entries(process.env).filter(([name]) => kept.test(name));
    const env = { ...Object.fromEntries(inherited), PATH: path, HOME: '/root', ROOT: this.root };
    const words = ['--mount', 'bash', '-ec', enter, 'enter', ...command];
    const child = spawn('unshare', words, { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    this.running.add(child);
    child.once('exit', () => this.running.delete(child));
    return child;
  }

  /** As Ctrl-C in a terminal does: for the command and everything that it started. */
  interrupt({ pid }: ChildProcess): void {
    if (pid !== undefined) process.kill(-pid, 'SIGINT');
  }

  async remove(): Promise<void> {
    for (const child of this.running) {
      this.interrupt(child);
      await once(child, 'exit');
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}
