import { readFile } from 'node:fs/promises';

/** An IPv4 range. */
export type Range = { first: number; bits: number };

/** Each lab network gets a /26: the gateway, and 50 systems from .10 on. */
const networkBits = 26;
const firstHost = 10;
export const systemsPerNetwork = 50;

/** Reads `10.201.0.0/16`. */
export function parseRange(cidr: string): Range {
  const [address = '', bits = ''] = cidr.split('/');
  const size = Number(bits);
  if (!/^\d+$/.test(bits) || size > 32) throw new TypeError(`"${cidr}" is not an IPv4 range such as 10.201.0.0/16.`);
  return { first: mask(parseAddress(address), size), bits: size };
}

export function parseAddress(address: string): number {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) {
    throw new TypeError(`"${address}" is not an IPv4 address.`);
  }
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

export function formatRange({ first, bits }: Range): string {
  return `${formatAddress(first)}/${bits}`;
}

export function overlaps(a: Range, b: Range): boolean {
  const bits = Math.min(a.bits, b.bits);
  return mask(a.first, bits) === mask(b.first, bits);
}

/** How many lab networks the pool holds. */
export function slotsOf(pool: Range): number {
  return pool.bits > networkBits ? 0 : 2 ** (networkBits - pool.bits);
}

export function subnetAt(pool: Range, slot: number): Range {
  return { first: pool.first + slot * 2 ** (32 - networkBits), bits: networkBits };
}

/** Free subnets of the pool, beginning at a slot. */
export function* freeSubnets(pool: Range, start: number, used: readonly Range[]): Generator<Range> {
  const slots = slotsOf(pool);
  for (let step = 0; step < slots; step += 1) {
    const subnet = subnetAt(pool, (start + step) % slots);
    if (!used.some((range) => overlaps(range, subnet))) yield subnet;
  }
}

export function gatewayOf(subnet: Range): string {
  return formatAddress(subnet.first + 1);
}

/** The n-th system of a lab has the same last number in each of its networks. */
export function hostAddress(subnet: Range, index: number): string {
  return formatAddress(subnet.first + firstHost + index);
}

/** Ranges this host has routes to (the default route aside), whoever made them. */
export async function hostRoutes(): Promise<Range[]> {
  return parseRoutes(await readFile('/proc/net/route', 'utf8'));
}

/** `/proc/net/route`: destination and mask are hexadecimal, in the byte order of a little-endian machine. */
export function parseRoutes(table: string): Range[] {
  const rows = table.trim().split('\n').slice(1);
  return rows
    .map((row) => row.split('\t'))
    .map((columns) => ({ first: littleEndian(columns[1] ?? '0'), bits: ones(littleEndian(columns[7] ?? '0')) }))
    .filter((range) => range.bits > 0);
}

function littleEndian(hex: string): number {
  return Buffer.from(hex.padStart(8, '0'), 'hex').readUInt32LE(0);
}

function ones(value: number): number {
  return value.toString(2).replaceAll('0', '').length;
}

function mask(address: number, bits: number): number {
  const size = 2 ** (32 - bits);
  return Math.floor(address / size) * size;
}
