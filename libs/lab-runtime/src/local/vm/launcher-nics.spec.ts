import { describe, expect, it } from 'vitest';
import type { Attachment } from '../systems/system-place.js';
import { dnsmasqConf, launcherMac, netmaskOf, networkOf, nicsFile } from './launcher-nics.js';

const lan: Attachment = {
  network: 'lan',
  engineNetwork: 'lab-x-lan',
  address: '10.201.3.130',
  prefixLength: 25,
  gateway: '10.201.3.129',
  mac: '02:11:22:33:44:55',
  internet: false,
};
const dmz: Attachment = {
  ...lan,
  network: 'dmz',
  address: '10.201.4.5',
  prefixLength: 24,
  gateway: '10.201.4.1',
  mac: '02:aa:bb:cc:dd:ee',
  internet: true,
};

describe('the addresses of a guest', () => {
  it.each([
    [32, '255.255.255.255'],
    [31, '255.255.255.254'],
    [25, '255.255.255.128'],
    [24, '255.255.255.0'],
    [9, '255.128.0.0'],
    [8, '255.0.0.0'],
    [1, '128.0.0.0'],
  ])('/%i is %s', (prefix, mask) => expect(netmaskOf(prefix)).toBe(mask));

  it.each([
    ['10.201.3.130', 25, '10.201.3.128'],
    ['10.201.3.127', 25, '10.201.3.0'],
    ['192.168.255.254', 16, '192.168.0.0'],
    ['172.31.9.9', 12, '172.16.0.0'],
    ['255.255.255.255', 1, '128.0.0.0'],
  ])('%s/%i lies in %s', (address, prefix, network) => expect(networkOf(address, prefix)).toBe(network));

  it.each([
    ['02:11:22:33:44:55', '0a:11:22:33:44:55'],
    ['0a:11:22:33:44:55', '0e:11:22:33:44:55'],
  ])('the guest takes %s, so the launcher becomes %s', (guest, launcher) => expect(launcherMac(guest)).toBe(launcher));

  it('are written line by line for the start script', () => {
    expect(nicsFile([lan, dmz])).toBe('0 0a:11:22:33:44:55\n1 0a:aa:bb:cc:dd:ee\n');
  });
});

describe('DHCP for the guest', () => {
  const lines = dnsmasqConf('server', [lan, dmz]).split('\n');

  it('gives exactly the addresses of the container, and each network’s name server', () => {
    expect(lines).toContain('dhcp-host=02:11:22:33:44:55,10.201.3.130,server,infinite');
    expect(lines).toContain('dhcp-host=02:aa:bb:cc:dd:ee,10.201.4.5,server,infinite');
    expect(lines).toContain('dhcp-range=set:n0,10.201.3.128,static,255.255.255.128,infinite');
    expect(lines).toContain('dhcp-option=tag:n0,option:dns-server,10.201.3.129');
    expect(lines).toContain('dhcp-option=tag:n1,option:dns-server,10.201.4.1');
  });

  it('gives a way out only on a network that has one', () => {
    expect(lines).toContain('dhcp-option=tag:n0,option:router');
    expect(lines).toContain('dhcp-option=tag:n1,option:router,10.201.4.1');
    expect(dnsmasqConf('server', [lan])).not.toMatch(/option:router,/);
  });

  it('gives one way out, not two', () => {
    const both = dnsmasqConf('server', [{ ...lan, internet: true }, dmz]);
    expect(both.match(/option:router,/g)).toHaveLength(1);
  });

  it('answers no name questions and hears only its bridges', () => {
    expect(lines).toContain('port=0');
    expect(lines.filter((line) => line.startsWith('interface='))).toEqual(['interface=br0', 'interface=br1']);
  });
});
