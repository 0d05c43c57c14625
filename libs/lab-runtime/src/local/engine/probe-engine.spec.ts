import { describe, expect, it } from 'vitest';
import { factsFrom } from './probe-engine.js';

const podman = { ServerVersion: '4.3.1', BuildahVersion: '1.28.2', NCPU: 2, MemTotal: 1000, Driver: 'overlay' };
const docker = { ServerVersion: '27.0.0', NCPU: 2, MemTotal: 1000, Driver: 'overlay2' };
const host = { kvm: true, tun: true, firewall: true, local: true, userNamespaces: true, init: true };

describe('factsFrom', () => {
  it.each([
    ['Podman', podman, host, { product: 'podman', userNamespaces: true, rootless: false, diskLimit: false }],
    ['Podman without user namespaces', podman, { ...host, userNamespaces: false }, { userNamespaces: false }],
    ['Docker', docker, host, { product: 'docker', userNamespaces: false }],
    ['Docker with remapped users', { ...docker, SecurityOptions: ['name=userns'] }, host, { userNamespaces: true }],
    ['Docker on XFS', { ...docker, DriverStatus: [['Backing Filesystem', 'xfs']] }, host, { diskLimit: true }],
    ['rootless Docker', { ...docker, SecurityOptions: ['name=rootless'] }, host, { rootless: true }],
  ])('%s', (_case, info, place, expected) => {
    expect(factsFrom(info, place)).toMatchObject(expected);
  });

  it.each([
    ['no firewall', podman, { ...host, firewall: false }, /firewall rules/],
    ['elsewhere', podman, { ...host, local: false }, /not on this machine/],
    ['rootless', { ...podman, Rootless: true }, host, /without root/],
    ['no memory control', { ...podman, MemoryLimit: false }, host, /memory control group/],
    ['no process limit', { ...podman, PidsLimit: false }, host, /fork bomb/],
    ['no quota', podman, host, /no quota/],
    ['no KVM', podman, { ...host, kvm: false }, /emulated/],
  ])('says plainly what is missing: %s', (_case, info, place, sentence) => {
    expect(factsFrom(info, place).limitations).toContainEqual(expect.stringMatching(sentence));
  });
});
