import { Readable } from 'node:stream';
import { GetLabArchive, type routes } from '@lab-orchestrator/contracts';
import { Blobs } from '@lab-orchestrator/platform';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';

/** Packing a large lab takes its time. */
const packDeadlineMs = 120_000;

/** Sends versions of labs to their authors. */
@Injectable()
export class LabArchives {
  constructor(
    private readonly services: Services,
    private readonly blobs: Blobs,
  ) {}

  async send(call: CallOf<typeof routes.getLabArchive>) {
    const packed = await this.services.ask(GetLabArchive, call.params, call, { deadlineMs: packDeadlineMs });
    const zip = Readable.fromWeb(await this.blobs.get('LAB_UPLOADS', packed.blob));
    // It was packed for this answer. What a lost broker keeps expires by itself.
    zip.once('close', () => void this.blobs.delete('LAB_UPLOADS', packed.blob).catch(() => undefined));
    void call.reply.headers({ etag: `"${packed.digest}"`, 'cache-control': 'private, no-store' });
    return new StreamableFile(zip, {
      type: 'application/zip',
      length: packed.sizeBytes,
      disposition: `attachment; filename="${packed.slug}-v${call.params.version}.zip"`,
    });
  }
}
