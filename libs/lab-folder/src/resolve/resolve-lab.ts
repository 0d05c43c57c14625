import { type LabFile, type LabSystem, parseDuration, parseSize } from '@lab-orchestrator/contracts';
import { resolvePath } from '../folder/entry-path.js';
import type { ResolvedContainer, ResolvedDisk, ResolvedLab, ResolvedSystem, ResolvedVm } from './resolved-lab.js';

type LabContainer = Extract<LabSystem, { kind: 'container' }>;
type LabVm = Extract<LabSystem, { kind: 'vm' }>;
type LabDisk = LabVm['disks'][number];

const defaults = { container: { cpus: 0.5, memory: '256Mi' }, vm: { cpus: 1, memory: '512Mi' } } as const;
const readyTimeout = { container: '2m', vm: '10m' } as const;

/** Fills in what a lab file leaves out. Expects one that `checkFolder` found no error in. */
export function resolveLab(lab: LabFile): ResolvedLab {
  return {
    slug: lab.id,
    title: lab.title,
    summary: lab.summary,
    languages: lab.languages,
    tags: lab.tags,
    level: lab.level,
    durationS: seconds(lab.duration),
    rules: {
      deadlineS: seconds(lab.session.deadline),
      idleS: seconds(lab.session.idle),
      extendByS: seconds(lab.session.extend.by),
      extensions: lab.session.extend.times,
      pause: lab.session.pause !== false,
      ...(lab.session.pause === 'hibernate' && { hibernate: true }),
      perUser: lab.session.perUser,
    },
    variables: lab.variables,
    networks: Object.entries(lab.networks).map(([name, { internet }]) => ({ name, internet })),
    systems: lab.systems.map((system) => resolveSystem(system, lab)),
    kubernetesObjects: lab.kubernetes?.objects ?? [],
    instructions: lab.instructions,
  };
}

function resolveSystem(system: LabSystem, lab: LabFile): ResolvedSystem {
  return system.kind === 'container' ? resolveContainer(system, lab) : resolveVm(system, lab);
}

const resolveContainer = (system: LabContainer, lab: LabFile): ResolvedContainer => ({
  ...sharedBySystems(system, lab),
  kind: 'container',
  image: system.image,
  ...(system.command && { command: system.command }),
  root: system.root,
  environment: system.environment,
  files: system.files.map(({ path, mode, content, from }) => ({
    path,
    mode,
    ...(content === undefined ? { from: resolvePath('lab.yaml', from ?? '') ?? '' } : { content }),
  })),
});

const resolveVm = (system: LabVm, lab: LabFile): ResolvedVm => ({
  ...sharedBySystems(system, lab),
  kind: 'vm',
  firmware: system.firmware,
  ...(system.machine?.cpuModel && { cpuModel: system.machine.cpuModel }),
  runStrategy: system.runStrategy,
  disks: system.disks.map(resolveDisk),
  ...(system.cloudInit && {
    cloudInit: {
      userData: system.cloudInit.userData,
      ...(system.cloudInit.networkData && { networkData: system.cloudInit.networkData }),
    },
  }),
});

/** A system's own words win over its preset, which wins over the default of its kind. */
function sharedBySystems(system: LabSystem, lab: LabFile) {
  const preset = system.preset === undefined ? undefined : lab.presets[system.preset];
  const { cpus, memory } = defaults[system.kind];
  return {
    name: system.name,
    title: system.title ?? system.name,
    networks: system.networks ?? Object.keys(lab.networks),
    forwarding: system.forwarding,
    cpus: system.cpus ?? preset?.cpus ?? cpus,
    memoryBytes: bytes(system.memory ?? preset?.memory ?? memory),
    access: system.access,
    ready: {
      ...(system.ready?.tcp !== undefined && { tcp: system.ready.tcp }),
      timeoutS: seconds(system.ready?.timeout ?? readyTimeout[system.kind]),
    },
    ...(system.credentials && { credentials: system.credentials }),
  };
}

function resolveDisk({ name, bus, persistent, image, size, empty, cdrom }: LabDisk): ResolvedDisk {
  const disk = { name, bus, persistent };
  if (image !== undefined) return { ...disk, kind: 'image', image, ...(size && { sizeBytes: bytes(size) }) };
  if (cdrom !== undefined) return { ...disk, kind: 'cdrom', image: cdrom };
  return { ...disk, kind: 'empty', sizeBytes: bytes(empty ?? '1Gi') };
}

/** The schema has checked that quantities parse. */
const bytes = (text: string) => parseSize(text) ?? unparsed(text);
const seconds = (text: string) => parseDuration(text) ?? unparsed(text);
function unparsed(text: string): never {
  throw new TypeError(`the quantity "${text}" was not checked before`);
}
