import { ImageRequested, type ImageSpec } from '@lab-orchestrator/contracts';
import { isImageName } from '@lab-orchestrator/lab-folder';
import { Outbox } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull, Not } from 'typeorm';
import { Clock } from '../clock.js';
import { referencedImage } from './image-id.js';
import { ImageEntity } from './image.entity.js';

export type ImageLookup = (name: string, kind: ImageSpec['kind']) => ImageSpec;

/** The names that lab files use for images, and what stands behind them. */
@Injectable()
export class ImageCatalog {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The image list: what each name holds. */
  async kinds(): Promise<Map<string, ImageEntity['kind']>> {
    const images = await this.dataSource.getRepository(ImageEntity).find({
      select: { id: true, name: true, kind: true },
      where: { listed: true, removedAt: IsNull() },
    });
    return new Map(images.map(({ name, kind }) => [name, kind]));
  }

  /**
   * The images of a lab by the names it uses. A name that was removed from the list still means its last image: sessions
   * that run are built from it.
   */
  async lookup(names: readonly string[]): Promise<ImageLookup> {
    const find = () =>
      this.dataSource.getRepository(ImageEntity).find({
        where: { name: In([...names]), listed: true },
        order: { removedAt: { direction: 'ASC', nulls: 'LAST' }, createdAt: 'ASC' },
      });
    const listed = names.length > 0 ? await find() : [];
    const byName = new Map(listed.map((image) => [image.name, image]));
    return (name, kind) => {
      if (!isImageName(name)) return referencedImage(name, kind);
      const image = byName.get(name);
      if (!image) throw new Error(`image ${name} was never on the list`);
      return specOf(image);
    };
  }

  /** Makes sure that the runtime gets the image behind a reference of a lab. */
  async addReference(tx: EntityManager, reference: string, kind: ImageSpec['kind']) {
    const { id, name, source } = referencedImage(reference, kind);
    const now = this.clock.now();
    // Nobody named it for a while, and it was let go of.
    const gone = { id, listed: false, removedAt: Not(IsNull()) };
    const revived = await tx.update(ImageEntity, gone, { removedAt: null, state: 'absent', updatedAt: now });
    const added = await tx
      .createQueryBuilder()
      .insert()
      .into(ImageEntity)
      .values({
        id,
        name,
        title: reference,
        kind,
        source,
        state: 'absent',
        listed: false,
        createdAt: now,
        updatedAt: now,
      })
      .orIgnore()
      .returning('id')
      .execute();
    const rows: unknown = added.raw;
    const isNew = Array.isArray(rows) && rows.length > 0;
    if (isNew || revived.affected) await this.outbox.add(tx, ImageRequested, { imageId: id });
  }
}

/** @throws when the disk of an upload has not come yet */
export function specOf({ id, name, kind, source }: ImageEntity): ImageSpec {
  return { id, name, kind, source: source ?? awaitedUpload };
}

/** Stands for the disk of an upload that has not come: importing it fails, as there is no such blob. */
export const awaitedUpload = { kind: 'upload', blob: 'awaited', sha256: '0'.repeat(64) } as const;
