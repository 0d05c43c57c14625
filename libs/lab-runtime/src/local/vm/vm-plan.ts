import type { VmSystemSpec } from '@lab-orchestrator/contracts';
import { emulatorUser } from '../images/disk-tool.js';
import type { ContainerPlan, PlannedFile, PlannedMount } from '../systems/container-plan.js';
import type { SystemPlace } from '../systems/system-place.js';
import { seedFiles } from './cloud-init.js';
import type { KvmAccess } from './kvm-probe.js';
import { runScript } from './launcher/run-script.js';
import { startScript } from './launcher/start-script.js';
import { dnsmasqConf, nicsFile } from './launcher-nics.js';
import { qemuArgs } from './qemu-args.js';
import { type VmDisk, disksFile } from './vm-disks.js';
import { hostFolders, inside } from './vm-layout.js';
import { basePids, memoryBytesFor } from './vm-limits.js';

export type VmPlanInput = {
  place: SystemPlace;
  system: VmSystemSpec;
  disks: readonly VmDisk[];
  /** Engine reference of the launcher. */
  image: string;
  /** Undefined: no KVM, the guest is emulated. */
  kvm: KvmAccess | undefined;
  userNamespaces: boolean;
};

/**
 * The launcher's capabilities, all in its own namespaces and gone before QEMU starts: bridge and tap (NET_ADMIN), DHCP
 * (NET_RAW, NET_BIND_SERVICE), becoming another user without any of them (SETUID, SETGID, SETPCAP).
 */
const capabilities = ['NET_ADMIN', 'NET_RAW', 'NET_BIND_SERVICE', 'SETUID', 'SETGID', 'SETPCAP'];

/** The container in which one VM runs. Pure: the same input gives the same plan. */
export function vmPlan(input: VmPlanInput): ContainerPlan {
  const { system, kvm } = input;
  return {
    image: input.image,
    entrypoint: ['/usr/bin/tini', '--', '/bin/sh', `${inside.plan}/start.sh`],
    command: [],
    workingDir: '/',
    user: '0:0',
    environment: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      // A halted VM that somebody starts after all runs like any other.
      RUN_STRATEGY: system.runStrategy === 'halted' ? 'always' : system.runStrategy,
      EMULATOR_GROUPS: String(kvm?.group ?? emulatorUser),
    },
    capabilities,
    devices: ['/dev/net/tun', ...(kvm ? ['/dev/kvm'] : [])],
    mounts: mountsOf(input),
    tmpfs: {},
    sysctls: {},
    files: filesOf(input),
    cpus: system.cpus,
    memoryBytes: memoryBytesFor(system.memoryBytes, kvm !== undefined),
    pidsLimit: basePids + Math.ceil(system.cpus),
    // Inside a user namespace the device's group is nobody; without that group KVM must be open to all.
    userNamespace: input.userNamespaces && kvm?.group === undefined,
    init: false,
    restarts: 0,
    start: system.runStrategy === 'always' || system.runStrategy === 'rerunOnFailure',
  };
}

function mountsOf({ place, disks }: VmPlanInput): PlannedMount[] {
  const own = (name: keyof typeof hostFolders) => ({
    source: `${place.folder}/${hostFolders[name]}`,
    target: inside[name],
    readOnly: false,
  });
  const golden = disks.flatMap((disk) => (disk.golden ? [disk.golden] : []));
  return [
    own('disks'),
    own('run'),
    ...golden.map(({ hostPath, path }) => ({ source: hostPath, target: path, readOnly: true })),
  ];
}

function filesOf({ place, system, disks, kvm }: VmPlanInput): PlannedFile[] {
  const file = (name: string, text: string): PlannedFile => ({
    path: `${inside.plan}/${name}`,
    content: Buffer.from(text),
    mode: 0o444,
    uid: 0,
    gid: 0,
  });
  const args = qemuArgs({ system, disks, macs: place.attachments.map((nic) => nic.mac), kvm: kvm !== undefined });
  const seed = Object.entries(seedFiles(place.sessionId, system)).map(([name, text]) => ({
    ...file(`seed/${name}`, text),
    // Often holds a password.
    mode: 0o400,
    uid: emulatorUser,
    gid: emulatorUser,
  }));
  return [
    file('start.sh', startScript),
    file('run.sh', runScript),
    file('nics', nicsFile(place.attachments)),
    file('dnsmasq.conf', dnsmasqConf(system.name, place.attachments)),
    file('disks', disksFile(disks)),
    file('qemu.args', args.map((argument) => `${argument}\n`).join('')),
    ...seed,
  ];
}
