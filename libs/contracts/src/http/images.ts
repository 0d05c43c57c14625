import { z } from 'zod';
import { imageStates, ImageSource } from '../session/image-spec.js';
import { Reason } from '../session/reason.js';
import { Instant, Paging } from './paging.js';
import { freeText } from './free-text.js';

export const ImageListName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected lower-case letters, digits and "-"');
export const Image = z.strictObject({
  id: z.string(),
  name: ImageListName,
  title: z.string(),
  kind: z.enum(['container', 'disk']),
  source: ImageSource,
  state: z.enum(imageStates),
  percent: z.number().optional(),
  sizeBytes: z.int().optional(),
  reason: Reason.optional(),
  /** Labs whose newest version uses it. */
  usedByLabs: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Image = z.infer<typeof Image>;
export const ListImages = Paging.extend({
  search: freeText(100).optional(),
  kind: z.enum(['container', 'disk']).optional(),
  state: z.enum(imageStates).optional(),
});

const source = {
  container: freeText(512).min(1),
  containerDisk: freeText(512).min(1),
  registry: freeText(512).startsWith('docker://'),
  http: z.strictObject({
    url: z.url().max(2048),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'),
  }),
  upload: z.literal(true),
};
/** Exactly one source field. `upload: true` waits for POST /images/{id}/upload. */
export const CreateImage = z
  .strictObject({
    name: ImageListName,
    title: freeText(120).min(1).optional(),
    container: source.container.optional(),
    containerDisk: source.containerDisk.optional(),
    registry: source.registry.optional(),
    http: source.http.optional(),
    upload: source.upload.optional(),
  })
  .refine(
    (body) =>
      [body.container, body.containerDisk, body.registry, body.http, body.upload].filter((value) => value !== undefined)
        .length === 1,
    'expected exactly one of container, containerDisk, registry, http and upload',
  );
