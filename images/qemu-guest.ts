import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type GuestOptions = {
  disk: string;
  firmware: 'bios' | 'uefi';
  memoryMib: number;
  /** How the root disk is connected. */
  device?: string[];
  /** Files of the NoCloud seed. */
  seed: Record<string, string>;
  /** Ports of the guest to reach from here. */
  ports: number[];
  extra?: string[];
};

/** A QEMU process with its serial console; the disk is an overlay that goes away with it. */
export class QemuGuest {
  private serial = '';
  private read = 0;

  private constructor(
    private readonly process: ChildProcess,
    private readonly dir: string,
    private readonly forwarded: ReadonlyMap<number, number>,
  ) {
    process.stdout?.on('data', (chunk: Buffer) => (this.serial += chunk.toString('latin1')));
    process.stderr?.on('data', (chunk: Buffer) => (this.serial += chunk.toString('latin1')));
  }

  static async start(options: GuestOptions): Promise<QemuGuest> {
    const dir = mkdtempSync(join(tmpdir(), 'lab-guest-'));
    const overlay = join(dir, 'root.qcow2');
    execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', options.disk, '-F', 'qcow2', overlay]);
    const forwarded = new Map<number, number>();
    for (const port of options.ports) forwarded.set(port, await freePort());
    const forwards = [...forwarded].map(([guest, host]) => `,hostfwd=tcp:127.0.0.1:${host}-:${guest}`).join('');
    const command = [
      ['-machine', 'q35', '-accel', 'tcg', '-cpu', 'max', '-smp', '1', '-m', String(options.memoryMib)],
      firmwareOf(options.firmware, dir),
      ['-drive', `if=none,id=root,file=${overlay},format=qcow2`],
      options.device ?? ['-device', 'virtio-blk-pci,drive=root'],
      ['-drive', `file=${seedImage(dir, options.seed)},media=cdrom,format=raw,readonly=on`],
      ['-netdev', `user,id=net${forwards}`, '-device', 'virtio-net-pci,netdev=net'],
      ['-vga', 'std', '-display', 'none', '-monitor', `unix:${join(dir, 'monitor')},server=on,wait=off`],
      ['-serial', 'stdio'],
      options.extra ?? [],
    ];
    const child = spawn('qemu-system-x86_64', command.flat());
    await once(child, 'spawn');
    return new QemuGuest(child, dir, forwarded);
  }

  /** Waits for text on the serial console that was not waited for before; returns what came up to it. */
  async expect(pattern: RegExp, timeoutMs: number): Promise<string> {
    for (const deadline = Date.now() + timeoutMs; Date.now() < deadline;) {
      const fresh = this.serial.slice(this.read);
      const match = pattern.exec(fresh);
      if (match) {
        this.read += match.index + match[0].length;
        return fresh.slice(0, match.index + match[0].length);
      }
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`${pattern} did not appear on the serial console: ${this.serial.slice(-1500)}`);
  }

  type(text: string): void {
    this.process.stdin?.write(text);
  }

  /** Runs a shell command on the console, once logged in, and returns what it printed. */
  async run(command: string, timeoutMs = 60_000): Promise<string> {
    this.type(`${command}; echo END-$((6 * 7))\r`);
    return this.expect(/END-42/, timeoutMs);
  }

  portFor(port: number): number {
    return this.forwarded.get(port) ?? 0;
  }

  /** The screen as a picture, as a VNC viewer would see it: width, height and the number of different colours. */
  async screen(): Promise<{ width: number; height: number; colours: number }> {
    const file = join(this.dir, 'screen.ppm');
    await this.monitor(`screendump ${file}`);
    const picture = readFileSync(file);
    const [, width = '0', height = '0'] = /^P6\n(\d+) (\d+)\n/.exec(picture.toString('latin1', 0, 40)) ?? [];
    const colours = new Set<number>();
    for (let at = 20; at + 3 <= picture.length; at += 3) colours.add(picture.readUIntBE(at, 3));
    return { width: Number(width), height: Number(height), colours: colours.size };
  }

  /** Sends one line to QEMU's monitor, e.g. `system_powerdown`. */
  async monitor(line: string): Promise<void> {
    const socket = connect(join(this.dir, 'monitor'));
    await once(socket, 'data');
    socket.write(`${line}\n`);
    await once(socket, 'data');
    await new Promise((done) => setTimeout(done, 500));
    socket.destroy();
  }

  /** Resolves with true when the guest has switched itself off in time. */
  async off(timeoutMs: number): Promise<boolean> {
    if (this.process.exitCode !== null) return true;
    return Promise.race([
      once(this.process, 'exit').then(() => true),
      new Promise<boolean>((done) => setTimeout(() => done(false), timeoutMs)),
    ]);
  }

  async end(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.off(5_000);
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function firmwareOf(firmware: 'bios' | 'uefi', dir: string): string[] {
  if (firmware === 'bios') return [];
  const variables = join(dir, 'vars.fd');
  copyFileSync('/usr/share/OVMF/OVMF_VARS_4M.fd', variables);
  const code = 'if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd';
  return ['-drive', code, '-drive', `if=pflash,format=raw,file=${variables}`];
}

function seedImage(dir: string, files: Record<string, string>): string {
  const folder = join(dir, 'seed');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  execFileSync('genisoimage', ['-quiet', '-V', 'CIDATA', '-J', '-r', '-o', join(dir, 'seed.iso'), folder]);
  return join(dir, 'seed.iso');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
