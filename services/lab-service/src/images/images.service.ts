import {
  type CreateImageRequest,
  type Image,
  ImageRemoved,
  ImageRequested,
  type ImageSource,
  type ListImagesRequest,
  type Principal,
  type ReplyInputOf,
  type RequestOf,
  type UploadImage,
} from '@lab-orchestrator/contracts';
import { Database, Outbox, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import type { z } from 'zod';
import { Clock } from '../clock.js';
import { containing, keysetPage } from '../lists/keyset.js';
import { allowImage, notFound } from '../policy/allow.js';
import { awaitedUpload } from './image-catalog.js';
import { imageId, uploadedImageId } from './image-id.js';
import { ImageEntity } from './image.entity.js';
import { ImageUses } from './image-uses.js';

/** The image list as people see and change it. */
@Injectable()
export class ImagesService {
  constructor(
    private readonly db: Database,
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly uses: ImageUses,
    private readonly clock: Clock,
  ) {}

  async list(
    caller: Principal,
    filter: RequestOf<typeof ListImagesRequest>,
  ): Promise<ReplyInputOf<typeof ListImagesRequest>> {
    allowImage(caller, 'read');
    const query = this.dataSource
      .getRepository(ImageEntity)
      .createQueryBuilder('image')
      .where('image.listed AND image.removed_at IS NULL');
    if (filter.search !== undefined)
      query.andWhere('(image.name ILIKE :text OR image.title ILIKE :text)', { text: containing(filter.search) });
    if (filter.kind !== undefined) query.andWhere('image.kind = :kind', { kind: filter.kind });
    if (filter.state !== undefined) query.andWhere('image.state = :state', { state: filter.state });
    const order = { by: 'image.name', direction: 'ASC', valueOf: (image: ImageEntity) => image.name } as const;
    const { rows, nextCursor } = await keysetPage(query, filter, order);
    const uses = await this.uses.count(rows.map(({ name }) => name));
    return { items: rows.map((image) => viewOf(image, uses(image.name))), ...(nextCursor && { nextCursor }) };
  }

  async get(caller: Principal, id: string) {
    allowImage(caller, 'read');
    const image = await this.dataSource.getRepository(ImageEntity).findOneBy({ id, listed: true, removedAt: IsNull() });
    if (!image) throw notFound('image');
    return this.view(image);
  }

  async create(caller: Principal, body: RequestOf<typeof CreateImageRequest>) {
    allowImage(caller, 'add');
    const source = sourceOf(body);
    const id = source ? imageId(body.name, source) : uploadedImageId(body.name);
    const now = this.clock.now();
    const image = await this.db.transaction(async (tx) => {
      await this.refuseTakenName(tx, body.name);
      // The same source under the same name came and went before: its row, and what the runtime holds, come back.
      const created = tx.create(ImageEntity, {
        id,
        name: body.name,
        title: body.title ?? body.name,
        kind: source?.kind === 'container' ? 'container' : 'disk',
        source,
        state: 'absent',
        percent: null,
        reason: null,
        ownerId: caller.userId,
        listed: true,
        createdAt: now,
        updatedAt: now,
        removedAt: null,
      });
      await tx.save(created);
      if (source) await this.outbox.add(tx, ImageRequested, { imageId: id });
      return created;
    });
    return this.view(image);
  }

  /** One disk per image: an id never means other bytes than before. */
  async upload(caller: Principal, { imageId: id, blob, sha256 }: RequestOf<typeof UploadImage>) {
    const image = await this.change(caller, id, async (tx, found) => {
      const failed = found.source?.kind === 'upload' && found.state === 'failed';
      if (found.source && !failed)
        throw new UserError('image_has_disk', {
          status: 409,
          detail: 'This image has its disk already; add another image.',
        });
      found.source = { kind: 'upload', blob, sha256 };
      await this.request(tx, found);
    });
    return this.view(image);
  }

  async retry(caller: Principal, id: string) {
    const image = await this.change(caller, id, async (tx, found) => {
      if (found.state !== 'failed')
        throw new UserError('image_not_failed', {
          status: 409,
          detail: 'Only an import that failed can be tried again.',
        });
      await this.request(tx, found);
    });
    return this.view(image);
  }

  async delete(caller: Principal, id: string) {
    await this.change(caller, id, async (tx, found) => {
      const labs = (await this.uses.count([found.name]))(found.name);
      if (labs > 0)
        throw new UserError('image_in_use', {
          status: 409,
          detail: `The newest version of ${labs === 1 ? 'one lab uses' : `${labs} labs use`} this image.`,
        });
      found.removedAt = this.clock.now();
      await this.outbox.add(tx, ImageRemoved, { imageId: id });
    });
    return {};
  }

  private async change(caller: Principal, id: string, work: (tx: EntityManager, image: ImageEntity) => Promise<void>) {
    return this.db.transaction(async (tx) => {
      const where = { id, listed: true, removedAt: IsNull() };
      const image = await tx.findOne(ImageEntity, { where, lock: { mode: 'pessimistic_write' } });
      if (!image) throw notFound('image');
      allowImage(caller, 'change', image);
      await work(tx, image);
      image.updatedAt = this.clock.now();
      return tx.save(image);
    });
  }

  private async request(tx: EntityManager, image: ImageEntity) {
    image.state = 'absent';
    image.percent = null;
    image.reason = null;
    await this.outbox.add(tx, ImageRequested, { imageId: image.id });
  }

  private async refuseTakenName(tx: EntityManager, name: string) {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`image:${name}`]);
    if (await tx.existsBy(ImageEntity, { name, listed: true, removedAt: IsNull() }))
      throw new UserError('image_name_taken', { status: 409, detail: `There is an image "${name}" already.` });
  }

  private async view(image: ImageEntity) {
    return viewOf(image, (await this.uses.count([image.name]))(image.name));
  }
}

function sourceOf({
  container,
  containerDisk,
  registry,
  http,
}: RequestOf<typeof CreateImageRequest>): ImageSource | null {
  if (container !== undefined) return { kind: 'container', reference: container };
  if (containerDisk !== undefined) return { kind: 'containerDisk', reference: containerDisk };
  if (registry !== undefined) return { kind: 'registry', reference: registry };
  if (!http) return null;
  if (new URL(http.url).protocol !== 'https:')
    throw new UserError('invalid_request', {
      status: 400,
      errors: [{ path: 'http.url', message: 'expected an address that begins with https://' }],
    });
  return { kind: 'http', ...http };
}

const viewOf = (image: ImageEntity, usedByLabs: number): z.input<typeof Image> => ({
  id: image.id,
  name: image.name,
  title: image.title,
  kind: image.kind,
  source: image.source ?? awaitedUpload,
  state: image.state,
  ...(image.percent !== null && { percent: image.percent }),
  ...(image.sizeBytes !== null && { sizeBytes: image.sizeBytes }),
  ...(image.reason && { reason: image.reason }),
  usedByLabs,
  createdAt: image.createdAt.toISOString(),
  updatedAt: image.updatedAt.toISOString(),
});
