import { Readable } from 'node:stream';
import { ExportProgressRequest, type routes } from '@lab-orchestrator/contracts';
import { Blobs } from '@lab-orchestrator/platform';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';

/** The table of a large class takes a while to write. */
const deadlineMs = 60_000;

/** Sends the progress of a class as a file for spreadsheets. */
@Injectable()
export class ProgressTable {
  constructor(
    private readonly services: Services,
    private readonly blobs: Blobs,
  ) {}

  async send(call: CallOf<typeof routes.exportProgress>) {
    const { blob, sizeBytes } = await this.services.ask(ExportProgressRequest, call.query, call, { deadlineMs });
    const table = await this.blobs.get('LAB_UPLOADS', blob);
    return new StreamableFile(Readable.fromWeb(table), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="progress.csv"',
      length: sizeBytes,
    });
  }
}
