import { z } from 'zod';
import { defineEvent } from '../messaging/event.js';
import { Reason } from '../session/reason.js';

const image = { imageId: z.string() };
const byImage = (data: { imageId: string }) => data.imageId;

export const ImageRequested = defineEvent('image.requested.v1', z.object(image), byImage);
export const ImageProgressed = defineEvent(
  'image.progressed.v1',
  z.object({ ...image, percent: z.number().optional() }),
  byImage,
);
export const ImageImported = defineEvent(
  'image.imported.v1',
  z.object({ ...image, sizeBytes: z.int().optional() }),
  byImage,
);
export const ImageFailed = defineEvent('image.failed.v1', z.object({ ...image, reason: Reason }), byImage);
/** Taken off the list; the runtime may forget it once no session uses it. */
export const ImageRemoved = defineEvent('image.removed.v1', z.object(image), byImage);

export const imageEvents = [ImageRequested, ImageProgressed, ImageImported, ImageFailed, ImageRemoved] as const;
