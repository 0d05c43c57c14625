import { describe, expect, it } from 'vitest';
import { checkImageUrl, isPublicAddress } from './address-policy.js';
import { guardedLookup } from './guarded-lookup.js';
import { publicHttpsOnly } from './import-limits.js';
import { ImageRefusal } from './image-refusal.js';

const forbiddenUrls = [
  ['loopback', 'https://127.0.0.1/disk'],
  ['loopback, other octets', 'https://127.9.8.7/disk'],
  ['loopback, one number', 'https://2130706433/disk'],
  ['loopback, hexadecimal', 'https://0x7f000001/disk'],
  ['loopback, octal', 'https://0177.0.0.1/disk'],
  ['loopback, short', 'https://127.1/disk'],
  ['unspecified', 'https://0.0.0.0/disk'],
  ['this network', 'https://0.1.2.3/disk'],
  ['private 10/8', 'https://10.0.0.5/disk'],
  ['private 172.16/12', 'https://172.31.255.254/disk'],
  ['private 192.168/16', 'https://192.168.1.1/disk'],
  ['link-local metadata', 'https://169.254.169.254/latest/meta-data/'],
  ['carrier-grade NAT', 'https://100.64.0.1/disk'],
  ['cloud metadata in CGNAT', 'https://100.100.100.200/disk'],
  ["the cloud's wire server", 'https://168.63.129.16/disk'],
  ['multicast', 'https://224.0.0.1/disk'],
  ['broadcast', 'https://255.255.255.255/disk'],
  ['benchmark network', 'https://198.18.0.1/disk'],
  ['documentation', 'https://192.0.2.1/disk'],
  ['reserved', 'https://240.0.0.1/disk'],
  ['IPv6 loopback', 'https://[::1]/disk'],
  ['IPv6 unspecified', 'https://[::]/disk'],
  ['IPv6 unique local', 'https://[fd00::1]/disk'],
  ['IPv6 link-local', 'https://[fe80::1]/disk'],
  ['IPv6 multicast', 'https://[ff02::1]/disk'],
  ['IPv6 site-local', 'https://[fec0::1]/disk'],
  ['IPv4-mapped', 'https://[::ffff:10.0.0.1]/disk'],
  ['IPv4-compatible', 'https://[::7f00:1]/disk'],
  ['NAT64 of a private address', 'https://[64:ff9b::a00:1]/disk'],
  ['local NAT64', 'https://[64:ff9b:1::a00:1]/disk'],
  ['6to4 of a private address', 'https://[2002:a00:1::1]/disk'],
  ['Teredo', 'https://[2001:0:1::1]/disk'],
  ['plain http', 'http://example.com/disk'],
  ['a local file', 'file:///etc/shadow'],
  ['another scheme', 'gopher://example.com/'],
  ['a user name', 'https://user@example.com/disk'],
  ['a password', 'https://:secret@example.com/disk'],
  ['not a URL', 'disk.qcow2'],
] as const;

describe('where images may come from', () => {
  it.each(forbiddenUrls)('refuses %s', (_what, url) => {
    expect(() => checkImageUrl(publicHttpsOnly, url)).toThrow(ImageRefusal);
  });

  it.each([
    'https://example.com/disk',
    'https://93.184.215.14/disk',
    'https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/disk',
  ])('takes %s', (url) => {
    expect(checkImageUrl(publicHttpsOnly, url).href).toBe(url);
  });

  it('never repeats a password in what it says', () => {
    expect(() => checkImageUrl(publicHttpsOnly, 'https://u:hunter2@example.com/')).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    );
  });

  it.each([
    [{ ...publicHttpsOnly, allowHttp: true }, 'http://example.com/disk'],
    [{ ...publicHttpsOnly, allowPrivate: true }, 'https://10.0.0.5/disk'],
    [{ ...publicHttpsOnly, allowedHosts: ['10.0.0.5'] }, 'https://10.0.0.5/disk'],
    [{ ...publicHttpsOnly, allowedHosts: ['::1'] }, 'https://[::1]/disk'],
  ])('takes what is allowed by %o', (policy, url) => {
    expect(checkImageUrl(policy, url).href).toBe(url);
  });

  it('allows one host without allowing its neighbours', () => {
    const policy = { ...publicHttpsOnly, allowedHosts: ['10.0.0.5'] };
    expect(() => checkImageUrl(policy, 'https://10.0.0.6/disk')).toThrow(ImageRefusal);
  });

  it.each(['', 'nonsense', '10.0.0.5:80', '::ffff:93.184.215.14'])('does not take %j for a public address', (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });
});

describe('the guarded look-up', () => {
  const answer = (policy: typeof publicHttpsOnly, addresses: string[], all: boolean) =>
    new Promise((resolve) => {
      const found = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      guardedLookup(policy, found)('mirror.example', { all }, (error, address) => resolve(error ?? address));
    });

  it('connects to permitted addresses only, out of a mixed answer', async () => {
    expect(await answer(publicHttpsOnly, ['10.0.0.1', '93.184.215.14', '::1'], true)).toEqual([
      { address: '93.184.215.14', family: 4 },
    ]);
    expect(await answer(publicHttpsOnly, ['10.0.0.1', '93.184.215.14'], false)).toBe('93.184.215.14');
  });

  it('refuses a name that leads inside, without saying where', async () => {
    const error = await answer(publicHttpsOnly, ['10.0.0.1', '169.254.169.254'], true);
    expect(error).toBeInstanceOf(ImageRefusal);
    expect(String(error)).not.toContain('10.0.0.1');
  });

  it('lets an allowed host lead inside', async () => {
    expect(await answer({ ...publicHttpsOnly, allowedHosts: ['mirror.example'] }, ['10.0.0.1'], false)).toBe(
      '10.0.0.1',
    );
  });
});
