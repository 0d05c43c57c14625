import { describe, expect, it } from 'vitest';
import {
  formatRange,
  freeSubnets,
  gatewayOf,
  hostAddress,
  overlaps,
  parseRange,
  parseRoutes,
  slotsOf,
  subnetAt,
} from './subnets.js';

describe('subnets', () => {
  it.each([
    ['10.201.0.0/16', '10.201.0.0/16', 1024],
    ['10.201.7.9/24', '10.201.7.0/24', 4],
    ['192.168.1.0/26', '192.168.1.0/26', 1],
    ['192.168.1.0/27', '192.168.1.0/27', 0],
    ['0.0.0.0/0', '0.0.0.0/0', 2 ** 26],
  ])('reads %s as %s with room for %i networks', (cidr, range, slots) => {
    expect(formatRange(parseRange(cidr))).toBe(range);
    expect(slotsOf(parseRange(cidr))).toBe(slots);
  });

  it.each(['10.0.0.0', '10.0.0/8', '10.0.0.256/24', '10.0.0.0/33', 'fd00::/8', 'x/8'])('refuses %s', (cidr) => {
    expect(() => parseRange(cidr)).toThrow(TypeError);
  });

  it.each([
    ['10.0.0.0/8', '10.201.0.0/26', true],
    ['10.201.0.0/26', '10.201.0.64/26', false],
    ['10.201.0.0/26', '10.201.0.0/26', true],
    ['192.168.0.0/16', '10.0.0.0/8', false],
  ])('%s and %s overlap: %s', (a, b, expected) => {
    expect(overlaps(parseRange(a), parseRange(b))).toBe(expected);
  });

  it('gives the gateway the first address and systems the ones from .10 on', () => {
    const subnet = subnetAt(parseRange('10.201.0.0/16'), 3);
    expect([formatRange(subnet), gatewayOf(subnet), hostAddress(subnet, 0), hostAddress(subnet, 49)]).toEqual([
      '10.201.0.192/26',
      '10.201.0.193',
      '10.201.0.202',
      '10.201.0.251',
    ]);
  });

  it('offers free subnets only, each once, beginning anywhere', () => {
    const used = [parseRange('10.0.0.0/25'), parseRange('10.0.0.192/32')];
    const free = [...freeSubnets(parseRange('10.0.0.0/24'), 3, used)];
    expect(free.map(formatRange)).toEqual(['10.0.0.128/26']);
  });

  it('reads the routes of the host, the default route aside', () => {
    const table = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
      'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
    ].join('\n');
    expect(parseRoutes(table).map(formatRange)).toEqual(['192.0.2.0/24']);
  });
});
