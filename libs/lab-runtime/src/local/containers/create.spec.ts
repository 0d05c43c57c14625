import { describe, expect, it } from 'vitest';
import type { ContainerSystemSpec } from '@lab-orchestrator/contracts';
import type { EngineFacts } from '../engine/engine-facts.js';
import { containerPlanFor } from './container-plan-for.js';
import { dockerCreate } from './docker-create.js';
import type { Placement } from './placement.js';
import { podmanCreate } from './podman-create.js';

const system: ContainerSystemSpec = {
  name: 'alpha',
  title: 'Alpha',
  kind: 'container',
  image: { id: 'terminal', name: 'terminal', kind: 'container', source: { kind: 'builtin', name: 'terminal' } },
  networks: ['lan', 'dmz'],
  forwarding: false,
  root: false,
  cpus: 0.25,
  memoryBytes: 64 * 2 ** 20,
  access: [],
  ready: { timeoutS: 60 },
  environment: { COLOUR: 'green' },
  files: [{ path: '/home/lab/a', contentBase64: Buffer.from('hi').toString('base64'), mode: '0640' }],
};
const image = { reference: 'terminal:1', user: '1000:1000', entrypoint: ['/usr/bin/tini', '--'], hasCommand: true };
const facts: EngineFacts = {
  product: 'podman',
  version: '4.3.1',
  rootless: false,
  cpus: 2,
  memoryBytes: 1,
  memoryLimit: true,
  cpuLimit: true,
  pidsLimit: true,
  diskLimit: false,
  userNamespaces: true,
  init: true,
  kvm: false,
  tun: true,
  firewall: true,
  limitations: [],
};
const plan = (change: Partial<ContainerSystemSpec> = {}, held = image) =>
  containerPlanFor({ ...system, ...change }, held, facts, 1000);
const attachment = (network: string, address: string) => ({
  network,
  address,
  engineNetwork: `lab-main-x-${network}`,
  prefixLength: 26,
  gateway: '10.201.0.1',
  mac: '02:00:00:00:00:01',
  internet: false,
});
const at: Placement = {
  name: 'lab-main-x-alpha',
  hostname: 'alpha',
  labels: { a: 'b' },
  attachments: [attachment('lan', '10.201.0.10'), attachment('dmz', '10.201.0.74')],
  hosts: { beta: '10.201.0.11' },
  nameServers: ['10.201.0.1'],
  firstUserId: 1_000_000_000,
  limits: { openFiles: 1024, processes: 2048 },
};

describe('the plan of a container', () => {
  it('grants nothing that was not asked for', () => {
    expect(plan()).toMatchObject({
      user: '1000:1000',
      capabilities: [],
      devices: [],
      mounts: [],
      userNamespace: false,
      init: false,
    });
  });

  it.each([
    ['0', '1000:1000'],
    ['root', '1000:1000'],
    ['', '1000:1000'],
    ['nginx', '1000:1000'],
    ['0:1000', '1000:1000'],
    ['101', '101:101'],
    ['101:7', '101:7'],
  ])('turns the image user "%s" into %s', (user, expected) => {
    expect(plan({}, { ...image, user }).user).toBe(expected);
  });

  it.each([
    ['root', { root: true }, true, 'CHOWN', 'NET_ADMIN'],
    ['forwarding', { forwarding: true }, true, 'NET_ADMIN', 'CHOWN'],
  ])('gives %s its capabilities inside a user namespace only', (_case, change, userNamespace, has, hasNot) => {
    const made = plan(change);
    expect(made).toMatchObject({ user: '0:0', userNamespace });
    expect(made.capabilities).toContain(has);
    expect(made.capabilities).not.toContain(hasNot);
  });

  it.each([{ root: true }, { forwarding: true }])('refuses %o on an engine without user namespaces', (change) => {
    const make = () => containerPlanFor({ ...system, ...change }, image, { ...facts, userNamespaces: false }, 1000);
    expect(make).toThrow(expect.objectContaining({ code: 'insufficient_rights', retryable: false }));
  });
});

describe('what engines are asked for', () => {
  it('denies by default at Podman', () => {
    expect(podmanCreate(plan(), at)).toMatchObject({
      cap_drop: ['ALL'],
      cap_add: [],
      no_new_privileges: true,
      resource_limits: {
        memory: { limit: 64 * 2 ** 20, swap: 64 * 2 ** 20 },
        cpu: { quota: 25_000, period: 100_000 },
        pids: { limit: 1024 },
      },
      networks: {
        'lab-main-x-lan': { static_ips: ['10.201.0.10'], interface_name: 'eth0', aliases: ['alpha'] },
        'lab-main-x-dmz': { static_ips: ['10.201.0.74'], interface_name: 'eth1' },
      },
      restart_policy: 'on-failure',
      restart_tries: 2,
    });
    expect(podmanCreate(plan(), at)).not.toHaveProperty('idmappings');
  });

  it('gives root an own range of users', () => {
    const range = [{ container_id: 0, host_id: 1_000_000_000, size: 65_536 }];
    expect(podmanCreate(plan({ root: true }), at)).toMatchObject({ idmappings: { UIDMap: range, GIDMap: range } });
  });

  it('denies by default at Docker', () => {
    expect(dockerCreate(plan(), at).HostConfig).toMatchObject({
      CapDrop: ['ALL'],
      CapAdd: [],
      SecurityOpt: ['no-new-privileges:true'],
      Memory: 64 * 2 ** 20,
      MemorySwap: 64 * 2 ** 20,
      NanoCpus: 250_000_000,
      PidsLimit: 1024,
      Binds: [],
      Devices: [],
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 },
    });
  });
});
