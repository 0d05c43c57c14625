import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const texts = z.array(z.unknown()).catch([]);
const map = z.record(z.string(), z.unknown()).catch({});
const listOf = <T extends z.ZodType>(item: T) => z.array(item).catch([]);

const Access = z.object({ name: text, kind: text, command: texts }).catch({ command: [] });
const File = z.object({ path: text, from: text, content: text }).catch({});
const Disk = z.object({ name: text, image: text, cdrom: text }).catch({});
const CloudInit = z.object({ userData: text, networkData: text }).optional().catch(undefined);
/** Whatever it is: another rule tells what is wrong with it. */
const Ready = z.object({ tcp: z.unknown() }).optional().catch(undefined);
const Credentials = z.object({ username: text, password: text }).optional().catch(undefined);

const System = z
  .object({
    name: text,
    kind: text,
    image: text,
    preset: text,
    networks: z.array(z.unknown()).optional().catch(undefined),
    forwarding: z.boolean().catch(false),
    command: texts,
    access: listOf(Access),
    environment: map,
    files: listOf(File),
    disks: listOf(Disk),
    cloudInit: CloudInit,
    credentials: Credentials,
    ready: Ready,
  })
  .catch({ forwarding: false, command: [], access: [], environment: {}, files: [], disks: [] });

const KubernetesObject = z.object({ kind: text, metadata: z.object({ name: text }).catch({}) }).catch({ metadata: {} });

/**
 * What the rules need of a lab file, read as far as it can be read: a mistake in one place does not hide those
 * in others. Every index is kept, so that a finding can be placed.
 */
export const Outline = z
  .object({
    networks: z.record(z.string(), z.unknown()).catch({ lan: {} }),
    presets: map,
    variables: map,
    systems: listOf(System),
    kubernetes: z
      .object({ objects: listOf(KubernetesObject) })
      .optional()
      .catch(undefined),
    languages: z.array(z.string()).min(1).catch(['en']),
    instructions: z.string().catch('pages'),
  })
  .catch({ networks: {}, presets: {}, variables: {}, systems: [], languages: ['en'], instructions: 'pages' });
export type Outline = z.infer<typeof Outline>;
export type SystemOutline = Outline['systems'][number];
