import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { crunStartsHere } from './crun.mjs';

/**
 * A Debian package and what tells that it (or something equal to it) is there.
 * @typedef {{ name: string, reason: string, anyOf: string[], unless?: () => boolean }} SystemPackage
 */

const PROGRAM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

const configured = (/** @type {string} */ variable) => () => Boolean(process.env[variable]);
const otherEngine = () => Boolean(process.env.LAB_ENGINE_URL) || existsSync('/var/run/docker.sock');
const notRootless = () => process.getuid?.() === 0 || otherEngine();

/** What the product needs at run time. @type {SystemPackage[]} */
export const PRODUCT_PACKAGES = [
  {
    name: 'postgresql',
    reason: 'database of accounts, labs and sessions',
    anyOf: ['postgres', '/usr/lib/postgresql'],
    unless: configured('LAB_DATABASE_URL'),
  },
  {
    name: 'nats-server',
    reason: 'messages between the services',
    anyOf: ['nats-server'],
    unless: configured('LAB_NATS_URL'),
  },
  {
    name: 'redis-server',
    reason: 'job queue and short-lived data',
    anyOf: ['redis-server'],
    unless: configured('LAB_REDIS_URL'),
  },
  { name: 'podman', reason: 'runs the systems of a lab', anyOf: ['podman'], unless: otherEngine },
  {
    name: 'runc',
    reason: 'starts the containers, also without systemd',
    anyOf: ['runc'],
    unless: () => otherEngine() || (programOrFileExists('crun') && crunStartsHere()),
  },
  {
    name: 'netavark',
    reason: 'networks of a lab',
    anyOf: ['/usr/lib/podman/netavark', '/usr/libexec/podman/netavark'],
    unless: otherEngine,
  },
  {
    name: 'aardvark-dns',
    reason: 'systems reach each other by name',
    anyOf: ['/usr/lib/podman/aardvark-dns', '/usr/libexec/podman/aardvark-dns'],
    unless: otherEngine,
  },
  {
    name: 'iptables',
    reason: 'called by netavark for every network, although its package does not ask for it',
    anyOf: ['iptables'],
    unless: otherEngine,
  },
  {
    name: 'catatonit',
    reason: "ends processes that a lab's containers leave behind",
    anyOf: ['catatonit', 'tini', 'dumb-init'],
    unless: otherEngine,
  },
  { name: 'nftables', reason: 'keeps labs apart from each other and from this machine', anyOf: ['nft'] },
  { name: 'iproute2', reason: 'looks at the networks of a lab', anyOf: ['ip'] },
  { name: 'uidmap', reason: 'containers without root', anyOf: ['newuidmap'], unless: notRootless },
  { name: 'slirp4netns', reason: 'networks without root', anyOf: ['slirp4netns'], unless: notRootless },
  { name: 'fuse-overlayfs', reason: 'container disks without root', anyOf: ['fuse-overlayfs'], unless: notRootless },
  { name: 'qemu-utils', reason: 'disks of virtual machines', anyOf: ['qemu-img'] },
  { name: 'xz-utils', reason: 'unpacks imported disks', anyOf: ['xz'] },
  { name: 'genisoimage', reason: 'first settings of virtual machines', anyOf: ['genisoimage'] },
];

/** What only the tests need. @type {SystemPackage[]} */
export const TEST_PACKAGES = [
  { name: 'qemu-system-x86', reason: 'boots the disks of virtual machines as they are', anyOf: ['qemu-system-x86_64'] },
  { name: 'ovmf', reason: 'UEFI for those', anyOf: ['/usr/share/OVMF/OVMF_CODE_4M.fd'] },
  { name: 'chromium', reason: 'the browser of the end-to-end tests', anyOf: ['chromium'] },
  { name: 'fonts-dejavu-core', reason: 'letters for that browser', anyOf: ['/usr/share/fonts/truetype/dejavu'] },
];

/**
 * @param {SystemPackage[]} packages
 * @param {(sign: string) => boolean} [isThere] looks for a program by its name, or for a file by its path
 */
export function missingOf(packages, isThere = programOrFileExists) {
  return packages.filter((entry) => !entry.unless?.() && !entry.anyOf.some(isThere));
}

/** @param {string} sign */
function programOrFileExists(sign) {
  if (sign.startsWith('/')) return existsSync(sign);
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...PROGRAM_FOLDERS];
  return folders.some((folder) => isExecutable(join(folder, sign)));
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
