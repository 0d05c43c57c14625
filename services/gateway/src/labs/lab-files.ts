import { Readable } from 'node:stream';
import { GetLabFile, type routes } from '@lab-orchestrator/contracts';
import { Blobs } from '@lab-orchestrator/platform';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';

/** Media of lab pages. Versions never change, so that browsers may keep them; rights may, so that they ask each day. */
const cacheControl = 'private, max-age=86400';

/** Sends files of labs; what they are is decided by the service that checked the archive. */
@Injectable()
export class LabFiles {
  constructor(
    private readonly services: Services,
    private readonly blobs: Blobs,
  ) {}

  async send(call: CallOf<typeof routes.getLabFile>) {
    const { blob, mediaType, sizeBytes, sha256 } = await this.services.ask(GetLabFile, call.params, call);
    const file = await this.blobs.get('LAB_FILES', blob);
    void call.reply.headers({
      'cache-control': cacheControl,
      etag: `"${sha256}"`,
      // Written by strangers: even an SVG that a browser opens by itself may run nothing.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    });
    return new StreamableFile(Readable.fromWeb(file), { type: mediaType, length: sizeBytes });
  }
}
