import { resolve } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { buildImages, readStatus } from '../tools/images/src/index.mjs';
import { QemuGuest } from './qemu-guest.js';

const cacheDir = resolve(import.meta.dirname, '../.cache');
const minutes = 60_000;
let disk: string;
let guest: QemuGuest | undefined;

beforeAll(async () => {
  await buildImages({ cacheDir, names: ['debian-vm'] });
  disk = (await readStatus(cacheDir, 'debian-vm'))?.path ?? '';
}, 15 * minutes);
afterEach(() => guest?.end());

const seed = {
  'meta-data': 'instance-id: test-1\nlocal-hostname: quay\n',
  'user-data': '#cloud-config\npassword: open-sesame\nchpasswd: { expire: false }\nssh_pwauth: true\n',
};

it.each(['bios', 'uefi'] as const)(
  'boots under %s, lets the seed set name and password, and switches itself off',
  async (firmware) => {
    guest = await QemuGuest.start({ disk, firmware, memoryMib: 1024, seed, ports: [22] });
    await guest.expect(/quay login: /, 8 * minutes);
    guest.type('lab\r');
    await guest.expect(/Password: /, minutes);
    guest.type('open-sesame\r');
    await guest.expect(/lab@quay:~\$ /, 2 * minutes);
    expect(await guest.run('sudo id', 2 * minutes)).toContain('uid=0(root)');
    expect(await guest.run('systemctl is-active ssh', minutes)).toMatch(/^active/m);
    expect(await guest.run('ip -4 -o addr show scope global', minutes)).toContain('10.0.2.15');
    await guest.monitor('system_powerdown');
    expect(await guest.off(2 * minutes)).toBe(true);
  },
  15 * minutes,
);
