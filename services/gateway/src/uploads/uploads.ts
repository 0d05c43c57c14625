import { GetImage, ImportLab, type routes, UploadImage, ValidateLab } from '@lab-orchestrator/contracts';
import { Blobs, CONFIG, UserError } from '@lab-orchestrator/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { GatewayConfig } from '../config.js';
import type { Call, CallOf } from '../http/call.js';
import { Services } from '../http/services.js';
import { expectedVersion } from '../revision/expected-version.js';

/** Reading an archive, or fetching a repository, takes its time. */
const importDeadlineMs = 120_000;

/** Files people send: streamed into the uploads bucket, never held in memory; services get the key. */
@Injectable()
export class Uploads {
  constructor(
    private readonly services: Services,
    private readonly blobs: Blobs,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  async importLab(call: CallOf<typeof routes.importLab>) {
    const expected = expectedVersion(call);
    const request = { ...(await this.labSource(call)), expected };
    return this.services.ask(ImportLab, request, call, { deadlineMs: importDeadlineMs });
  }

  async validateLab(call: CallOf<typeof routes.validateLab>) {
    return this.services.ask(ValidateLab, await this.labSource(call), call, { deadlineMs: importDeadlineMs });
  }

  /** Asks first whether there is such an image: nobody sends gigabytes for a 404. */
  async image(call: CallOf<typeof routes.uploadImage>) {
    await this.services.ask(GetImage, call.params, call);
    const { key, sizeBytes, sha256 } = await this.store(call, this.config.LAB_IMAGE_MAX_BYTES);
    return this.services.ask(UploadImage, { ...call.params, blob: key, sizeBytes, sha256 }, call);
  }

  private async labSource(call: CallOf<typeof routes.importLab>) {
    if (!call.request.isMultipart()) return call.body;
    const { key } = await this.store(call, this.config.LAB_ARCHIVE_MAX_BYTES);
    return { archive: key };
  }

  private async store({ request }: Call, maxBytes: number) {
    if (!request.isMultipart()) throw fileMissing();
    const part = await request.file({ limits: { fileSize: maxBytes + 1, files: 1, fields: 10, fieldSize: 1_000 } });
    if (!part) throw fileMissing();
    return this.blobs.put('LAB_UPLOADS', part.file, { maxBytes });
  }
}

function fileMissing() {
  const errors = [{ path: 'archive', message: 'expected a file as multipart/form-data' }];
  return new UserError('invalid_request', { status: 400, detail: 'archive: expected a file', errors });
}
