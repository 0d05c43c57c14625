import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { openRanges, parseRange } from './open-ranges.js';

/** Would the policy let a packet to this address out? As a network plugin decides. */
function isOpen(address: string, closed: string[]): boolean {
  const parsed = ipaddr.parse(address);
  const within = (cidr: string) => {
    const [range, bits] = ipaddr.parseCIDR(cidr);
    return range.kind() === parsed.kind() && parsed.match(range, bits);
  };
  return openRanges(closed).some(({ cidr, except }) => within(cidr) && !except.some(within));
}

describe('the internet that a lab may reach', () => {
  const closed = ['10.244.0.0/16', '10.96.0.0/12', '203.0.114.7', '2600:1f00::/40', 'fd00:10::/64'];

  it.each(['1.1.1.1', '8.8.8.8', '203.0.114.8', '2606:4700:4700::1111', '2600:1f01::1'])('holds %s', (address) => {
    expect(isOpen(address, closed)).toBe(true);
  });

  it.each([
    ['a pod', '10.244.3.4'],
    ['a service', '10.96.0.1'],
    ['the public address of a node', '203.0.114.7'],
    ['a node by IPv6', '2600:1f00::5'],
    ['a pod by IPv6', 'fd00:10::5'],
    ['metadata', '169.254.169.254'],
    ['metadata by IPv6', 'fd00:ec2::254'],
    ['a home', '192.168.1.1'],
    ['a company', '172.20.0.1'],
    ['a carrier', '100.100.100.200'],
    ['this host', '127.0.0.1'],
    ['this host by IPv6', '::1'],
    ['a neighbour by IPv6', 'fe80::1'],
    ['IPv4 mapped into IPv6', '::ffff:10.0.0.1'],
    ['IPv4 behind a translator', '64:ff9b::a00:1'],
    ['IPv4 in a tunnel', '2002:a00:1::1'],
    ['everybody', '224.0.0.1'],
    ['everybody by IPv6', 'ff02::1'],
  ])('does not hold %s (%s)', (_, address) => {
    expect(isOpen(address, closed)).toBe(false);
  });

  it.each(['10.0.0.0/33', '10.0.0/8', 'example.com', '', '::/129', '10.0.0.0/x'])('refuses the range "%s"', (text) => {
    expect(() => parseRange(text)).toThrow(/is no address range/);
  });

  it('writes ranges as the API wants them', () => {
    expect(parseRange('10.1.2.3/8')).toEqual({ version: 4, cidr: '10.0.0.0/8' });
    expect(parseRange('2001:DB8::1')).toEqual({ version: 6, cidr: '2001:db8::1/128' });
  });
});
