import type {
  GetImageSpec,
  ImageFailed,
  ImageImported,
  ImageProgressed,
  ImageSpec,
  RequestOf,
} from '@lab-orchestrator/contracts';
import { Inbox, type ReceivedEvent } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, Not } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { Clock } from '../clock.js';
import { notFound } from '../policy/allow.js';
import { specOf } from './image-catalog.js';
import { ImageEntity } from './image.entity.js';

type ImageReport = ReceivedEvent<typeof ImageProgressed | typeof ImageImported | typeof ImageFailed>;

/** The provisioner's side of images: what to import, and what became of it. */
@Injectable()
export class ImageReportsService {
  constructor(
    private readonly inbox: Inbox,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  progressed(event: ReceivedEvent<typeof ImageProgressed>) {
    const { percent = null } = event.data;
    // A late report of progress does not undo the end.
    return this.report(event, ['absent', 'importing'], { state: 'importing', percent, reason: null });
  }

  imported(event: ReceivedEvent<typeof ImageImported>) {
    const { sizeBytes = null } = event.data;
    return this.report(event, ['absent', 'importing', 'failed'], {
      state: 'ready',
      percent: null,
      sizeBytes,
      reason: null,
    });
  }

  failed(event: ReceivedEvent<typeof ImageFailed>) {
    return this.report(event, ['absent', 'importing'], { state: 'failed', percent: null, reason: event.data.reason });
  }

  /** 404 once it was removed: then the runtime may forget it. */
  async spec({ imageId }: RequestOf<typeof GetImageSpec>): Promise<ImageSpec> {
    const image = await this.dataSource.getRepository(ImageEntity).findOneBy({ id: imageId, removedAt: IsNull() });
    if (!image?.source) throw notFound('image');
    return specOf(image);
  }

  async wanted() {
    const images = await this.dataSource.getRepository(ImageEntity).find({
      select: { id: true },
      where: { removedAt: IsNull(), state: In(['absent', 'importing']), source: Not(IsNull()) },
      order: { createdAt: 'ASC' },
      take: 1000,
    });
    return { imageIds: images.map(({ id }) => id) };
  }

  private report(event: ImageReport, before: Array<ImageEntity['state']>, change: QueryDeepPartialEntity<ImageEntity>) {
    return this.inbox.once(event, (tx) =>
      tx.update(ImageEntity, { id: event.data.imageId, state: In(before) }, { ...change, updatedAt: this.clock.now() }),
    );
  }
}
