import { z } from 'zod';
import { Reason } from './reason.js';

/** Images that the project builds itself from Debian packages (`images/`). */
export const builtinImages = ['terminal', 'desktop', 'small-vm', 'debian-vm'] as const;

/** Where an image comes from; exactly one source. */
export const ImageSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('builtin'), name: z.enum(builtinImages) }),
  z.strictObject({ kind: z.literal('container'), reference: z.string().min(1).max(512) }),
  z.strictObject({ kind: z.literal('containerDisk'), reference: z.string().min(1).max(512) }),
  z.strictObject({ kind: z.literal('registry'), reference: z.string().min(1).max(512) }),
  z.strictObject({
    kind: z.literal('http'),
    url: z.url().max(2048),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'),
  }),
  z.strictObject({
    kind: z.literal('upload'),
    blob: z.string().min(1).max(200),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
]);
export type ImageSource = z.infer<typeof ImageSource>;

/** What a runtime must make available before a system can start from it. */
export const ImageSpec = z.strictObject({
  /** Stable key: the same id always means the same bytes. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  name: z.string().min(1).max(100),
  /** `container`: a root file system to run; `disk`: a golden disk that VMs clone or overlay. */
  kind: z.enum(['container', 'disk']),
  source: ImageSource,
});
export type ImageSpec = z.infer<typeof ImageSpec>;

export const imageStates = ['absent', 'importing', 'ready', 'failed'] as const;
export const ImageObservation = z.strictObject({
  state: z.enum(imageStates),
  /** 0–100, where the total is known. */
  percent: z.number().min(0).max(100).optional(),
  /** Virtual size of the disk or unpacked size of the container image. */
  sizeBytes: z.number().int().nonnegative().optional(),
  /** Why it failed, for lecturers. */
  reason: Reason.optional(),
});
export type ImageObservation = z.infer<typeof ImageObservation>;
