import ipaddr from 'ipaddr.js';

/** Who gets one IPv6 address gets its /64, and can change within it at will; IPv4 addresses are counted one by one. */
const ipv6Bits = 64;

/** The block of addresses that counts as one client. */
export function addressBlock(address: string): string {
  const withoutZone = address.replace(/%.*$/, '');
  if (!ipaddr.isValid(withoutZone)) return 'unknown';
  const parsed = ipaddr.process(withoutZone);
  if (!(parsed instanceof ipaddr.IPv6)) return `${parsed.toString()}/32`;
  const network = new ipaddr.IPv6(parsed.parts.map((part, index) => (index < ipv6Bits / 16 ? part : 0)));
  return `${network.toString()}/${ipv6Bits}`;
}
