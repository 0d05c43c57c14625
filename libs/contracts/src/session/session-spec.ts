import { z } from 'zod';
import { ImageSpec } from './image-spec.js';
import { KubernetesObject, mostKubernetesObjects } from './kubernetes-object.js';

/** A DNS label: what names systems, networks, disks and access entries. */
export const DnsLabel = z
  .string()
  .regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, 'expected lower-case letters, digits and "-", starting with a letter');

export const AccessSpec = z.discriminatedUnion('kind', [
  z.strictObject({
    name: DnsLabel,
    title: z.string().optional(),
    kind: z.literal('terminal'),
    command: z.array(z.string()).min(1),
    user: z.string().optional(),
  }),
  z.strictObject({ name: DnsLabel, title: z.string().optional(), kind: z.literal('serial') }),
  z.strictObject({ name: DnsLabel, title: z.string().optional(), kind: z.literal('desktop') }),
  z.strictObject({
    name: DnsLabel,
    title: z.string().optional(),
    kind: z.literal('web'),
    port: z.number().int().min(1).max(65535),
    path: z.string().startsWith('/'),
  }),
]);
export type AccessSpec = z.infer<typeof AccessSpec>;

export const FileSpec = z.strictObject({
  path: z.string().startsWith('/'),
  contentBase64: z.string(),
  mode: z.string().regex(/^0[0-7]{3}$/),
});
export type FileSpec = z.infer<typeof FileSpec>;

export const NetworkSpec = z.strictObject({ name: DnsLabel, internet: z.boolean() });
export type NetworkSpec = z.infer<typeof NetworkSpec>;

/** `tcp`: this port must answer; without it the access entries must answer. */
export const ReadySpec = z.strictObject({
  tcp: z.number().int().min(1).max(65535).optional(),
  timeoutS: z.number().int().positive(),
});

const common = {
  name: DnsLabel,
  title: z.string(),
  networks: z.array(DnsLabel).min(1),
  /** Routes between its networks: NET_ADMIN inside its own network namespace only. */
  forwarding: z.boolean(),
  cpus: z.number().positive(),
  memoryBytes: z.number().int().positive(),
  access: z.array(AccessSpec),
  ready: ReadySpec,
};

export const ContainerSystemSpec = z.strictObject({
  ...common,
  kind: z.literal('container'),
  image: ImageSpec,
  command: z.array(z.string()).optional(),
  /** Root inside, through a user namespace; never the host's root. */
  root: z.boolean(),
  environment: z.record(z.string(), z.string()),
  files: z.array(FileSpec),
});
export type ContainerSystemSpec = z.infer<typeof ContainerSystemSpec>;

export const diskBuses = ['virtio', 'sata', 'scsi'] as const;
const disk = { name: DnsLabel, bus: z.enum(diskBuses), persistent: z.boolean() };
export const DiskSpec = z.discriminatedUnion('kind', [
  z.strictObject({
    ...disk,
    kind: z.literal('image'),
    image: ImageSpec,
    sizeBytes: z.number().int().positive().optional(),
  }),
  z.strictObject({ ...disk, kind: z.literal('empty'), sizeBytes: z.number().int().positive() }),
  z.strictObject({ ...disk, kind: z.literal('cdrom'), image: ImageSpec }),
]);
export type DiskSpec = z.infer<typeof DiskSpec>;

export const runStrategies = ['always', 'rerunOnFailure', 'manual', 'halted'] as const;
export const VmSystemSpec = z.strictObject({
  ...common,
  kind: z.literal('vm'),
  firmware: z.enum(['bios', 'uefi']),
  cpuModel: z.string().optional(),
  runStrategy: z.enum(runStrategies),
  /** In boot order. */
  disks: z.array(DiskSpec).min(1),
  cloudInit: z.strictObject({ userData: z.string(), networkData: z.string().optional() }).optional(),
});
export type VmSystemSpec = z.infer<typeof VmSystemSpec>;

export const SystemSpec = z.discriminatedUnion('kind', [ContainerSystemSpec, VmSystemSpec]);
export type SystemSpec = z.infer<typeof SystemSpec>;

/** Everything a runtime needs to build one session; all variables are already filled in. */
export const SessionSpec = z.strictObject({
  sessionId: z.uuid(),
  /** Grows with each change of the wish; a runtime may record it, never compare times instead. */
  generation: z.number().int().positive(),
  networks: z.array(NetworkSpec).min(1),
  systems: z.array(SystemSpec).min(1),
  /** A pause shuts machines down at once, where the runtime can and their disks all last; absent: as the runtime is set up. */
  pause: z.literal('hibernate').optional(),
  /** Raw objects of an administrator. Runtimes that are not Kubernetes refuse them. */
  kubernetesObjects: z.array(KubernetesObject).max(mostKubernetesObjects).optional(),
});
export type SessionSpec = z.infer<typeof SessionSpec>;
