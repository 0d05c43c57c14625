import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** IPv4 that is not the public internet (IANA special-purpose registry), cloud metadata (169.254.169.254) included. */
const closed4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Within 2000::/3: documentation, and tunnels that end at IPv4 addresses (Teredo, 6to4). */
const closed6 = ['2001::/32', '2001:db8::/32', '2002::/16', '3fff::/20'];

export type OpenRange = { cidr: string; except: string[] };

/**
 * The public internet as a policy writes it. Of IPv6 only global unicast: everything private, local, mapped or
 * translated (64:ff9b::/96) lies outside of it, and so does fd00:ec2::254. The API refuses exceptions that lie outside.
 */
export function openRanges(closed: readonly string[]): OpenRange[] {
  const ranges = closed.map(parseRange);
  const extra = (version: 4 | 6) => ranges.filter((range) => range.version === version).map(({ cidr }) => cidr);
  return [
    { cidr: '0.0.0.0/0', except: distinct([...closed4, ...extra(4).filter((cidr) => !cidr.endsWith('/0'))]) },
    { cidr: '2000::/3', except: distinct([...closed6, ...extra(6).filter(isGlobalUnicast)]) },
  ];
}

/** A range as given (`10.0.0.0/8`, or one address), in the form the API takes. Throws on nonsense. */
export function parseRange(text: string): { version: 4 | 6; cidr: string } {
  const [start = '', bits] = text.split('/');
  try {
    // Not ipaddr alone: it takes 10.0.0 for 10.0.0.0, as old programs do.
    if (isIP(start) === 0) throw new TypeError('address');
    const address = ipaddr.parse(start);
    const full = address.kind() === 'ipv4' ? 32 : 128;
    const length = bits === undefined ? full : Number(bits);
    if (!Number.isInteger(length) || length < 0 || length > full) throw new TypeError('prefix');
    const cidr = `${address.toString()}/${length}`;
    return full === 32
      ? { version: 4, cidr: `${ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()}/${length}` }
      : { version: 6, cidr: `${ipaddr.IPv6.networkAddressFromCIDR(cidr).toString()}/${length}` };
  } catch {
    throw new TypeError(`"${text}" is no address range; expected something like 10.0.0.0/8 or fd00::/8.`);
  }
}

/** Strictly inside 2000::/3. */
function isGlobalUnicast(cidr: string): boolean {
  const [address, length] = ipaddr.IPv6.parseCIDR(cidr);
  return length > 3 && address.match(ipaddr.IPv6.parseCIDR('2000::/3'));
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
