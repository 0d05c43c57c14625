import { z } from 'zod';
import { diskBuses, DnsLabel, runStrategies } from '../session/session-spec.js';
import { Duration, Size } from './quantities.js';

const accessCommon = { name: DnsLabel, title: z.string().min(1).max(80).optional() };
/** A way into a system. */
export const LabAccess = z.discriminatedUnion('kind', [
  z.strictObject({
    ...accessCommon,
    kind: z.literal('terminal'),
    command: z.array(z.string().min(1).max(4096)).min(1).max(64).default(['bash', '-l']),
    user: z
      .string()
      .regex(/^[a-z_][a-z0-9_-]{0,31}$/)
      .optional(),
  }),
  z.strictObject({ ...accessCommon, kind: z.literal('serial') }),
  z.strictObject({ ...accessCommon, kind: z.literal('desktop') }),
  z.strictObject({
    ...accessCommon,
    kind: z.literal('web'),
    port: z.int().min(1).max(65_535),
    path: z.string().startsWith('/').max(1024).default('/'),
  }),
]);

export const ImageName = z
  .string()
  .min(1)
  .max(512)
  .describe('A name from the image list, or an OCI reference an admin allows');

/** What systems share through presets. */
export const LabPreset = z.strictObject({ cpus: z.number().positive().max(64).optional(), memory: Size.optional() });

const systemCommon = {
  name: DnsLabel.describe('Host name inside the lab'),
  title: z.string().min(1).max(80).optional(),
  preset: DnsLabel.optional(),
  cpus: z.number().positive().max(64).optional(),
  memory: Size.optional(),
  networks: z.array(DnsLabel).min(1).max(8).optional().describe('Without it: all networks of a lab that has only one'),
  forwarding: z.boolean().default(false),
  access: z.array(LabAccess).max(16).default([]),
  credentials: z.strictObject({ username: z.string().min(1).max(64), password: z.string().min(1).max(256) }).optional(),
  ready: z.strictObject({ tcp: z.int().min(1).max(65_535).optional(), timeout: Duration.optional() }).optional(),
};

export const LabFileEntry = z.strictObject({
  path: z.string().startsWith('/').max(1024).describe('Absolute path inside the system'),
  from: z.string().min(1).max(1024).optional().describe('A file of the lab folder'),
  content: z.string().max(65_536).optional(),
  mode: z
    .string()
    .regex(/^0[0-7]{3}$/, 'expected an octal mode such as "0644"')
    .default('0644'),
});

export const LabContainer = z.strictObject({
  ...systemCommon,
  kind: z.literal('container'),
  image: ImageName,
  command: z.array(z.string().min(1).max(4096)).min(1).max(64).optional(),
  root: z.boolean().default(false).describe('Root inside the system, through a user namespace'),
  environment: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/), z.string().max(4096)).default({}),
  files: z.array(LabFileEntry).max(64).default([]),
});

/** Exactly one of `image`, `empty` and `cdrom`: what the disk starts as. */
export const LabDisk = z
  .strictObject({
    name: DnsLabel,
    bus: z.enum(diskBuses).default('virtio'),
    image: ImageName.optional(),
    size: Size.optional(),
    empty: Size.optional(),
    cdrom: ImageName.optional(),
    persistent: z.boolean().default(false),
  })
  .refine(
    (disk) => [disk.image, disk.empty, disk.cdrom].filter((source) => source !== undefined).length === 1,
    'expected exactly one of image, empty and cdrom',
  );

export const LabVm = z.strictObject({
  ...systemCommon,
  kind: z.literal('vm'),
  firmware: z.enum(['bios', 'uefi']).default('bios'),
  machine: z
    .strictObject({
      cpuModel: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,64}$/)
        .optional(),
    })
    .optional(),
  runStrategy: z.enum(runStrategies).default('always'),
  disks: z.array(LabDisk).min(1).max(16),
  cloudInit: z
    .strictObject({ userData: z.string().max(65_536), networkData: z.string().max(65_536).optional() })
    .optional(),
});

export const LabSystem = z.discriminatedUnion('kind', [LabContainer, LabVm]);
export type LabSystem = z.infer<typeof LabSystem>;
