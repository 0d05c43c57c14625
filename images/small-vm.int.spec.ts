import { resolve } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { buildImages, readStatus } from '../tools/images/src/index.mjs';
import { QemuGuest, type GuestOptions } from './qemu-guest.js';

const cacheDir = resolve(import.meta.dirname, '../.cache');
const minutes = 60_000;
let disk: string;
let running: QemuGuest | undefined;

beforeAll(async () => {
  await buildImages({ cacheDir, names: ['small-vm'] });
  disk = (await readStatus(cacheDir, 'small-vm'))?.path ?? '';
}, 10 * minutes);
afterEach(() => running?.end());

const seed = {
  'meta-data': 'instance-id: test-1\nlocal-hostname: harbour\n',
  'user-data': `#cloud-config
users: [{ name: ada, plain_text_passwd: "top: #secret", lock_passwd: false, sudo: "ALL=(ALL) NOPASSWD:ALL" }]
chpasswd: { users: [{ name: lab, password: second, type: text }] }
write_files:
  - { path: /opt/deep/note.txt, content: aGVsbG8K, encoding: b64, permissions: "0640", owner: "lab:lab" }
runcmd:
  - echo "$(hostname)" > /opt/ran
  - [touch, /opt/two words]
`,
};

async function boot(options: Partial<GuestOptions>): Promise<QemuGuest> {
  running = await QemuGuest.start({ disk, firmware: 'bios', memoryMib: 128, seed, ports: [80], ...options });
  return running;
}

async function logIn(guest: QemuGuest, name: string, password: string): Promise<void> {
  await guest.expect(/harbour login: /, 4 * minutes);
  guest.type(`${name}\r`);
  await guest.expect(/Password: /, minutes);
  guest.type(`${password}\r`);
  await guest.expect(/harbour:~\$ /, minutes);
}

it(
  'boots under BIOS in 128 MiB, applies its seed, and serves its page',
  async () => {
    const guest = await boot({});
    await logIn(guest, 'ada', 'top: #secret');
    expect(await guest.run('sudo id')).toContain('uid=0(root)');
    const url = `http://127.0.0.1:${guest.portFor(80)}/`;
    await expect
      .poll(() => fetch(url).then((answer) => answer.text(), String), { timeout: minutes })
      .toMatch(/<h1>harbour<\/h1>[^]*10\.0\.2\.15/);
    expect(await guest.run('ls -l /opt /opt/deep; sudo cat /opt/ran /opt/deep/note.txt')).toMatch(
      /two words[^]*-rw-r----- +1 lab +lab[^]*harbour\s+hello/,
    );
    expect((await guest.screen()).colours).toBeGreaterThan(1);
    await guest.monitor('system_powerdown');
    expect(await guest.off(minutes)).toBe(true);
  },
  8 * minutes,
);

it(
  'boots under UEFI from a SATA disk, sees a SCSI disk, and keeps what is written across a restart',
  async () => {
    const guest = await boot({
      firmware: 'uefi',
      memoryMib: 256,
      device: ['-device', 'ide-hd,drive=root'],
      extra: [
        '-device',
        'virtio-scsi-pci',
        '-drive',
        'if=none,id=data,file.driver=null-co,file.size=64M,format=raw',
        '-device',
        'scsi-hd,drive=data',
      ],
    });
    await logIn(guest, 'lab', 'second');
    expect(await guest.run('cat /sys/class/block/*/size')).toMatch(/^131072\s*$/m);
    await guest.run('echo kept > ~/note; sync');
    guest.type('exit\r');
    await logIn(guest, 'ada', 'top: #secret');
    guest.type('sudo reboot\r');
    await logIn(guest, 'lab', 'second');
    expect(await guest.run('cat ~/note')).toMatch(/^kept/m);
  },
  10 * minutes,
);
