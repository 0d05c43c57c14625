import { z } from 'zod';
import * as images from '../http/images.js';
import * as labs from '../http/labs.js';
import { Nothing, pageOf } from '../http/paging.js';
import { accessKinds } from '../http/sessions.js';
import { LabSlug, Language, VariableName } from '../lab-file/lab-file.js';
import { defineRequest } from '../messaging/request.js';
import { ImageSpec } from '../session/image-spec.js';
import { DnsLabel } from '../session/session-spec.js';

const byLab = { labId: z.uuid() };
const byImage = { imageId: z.string() };
/** The revision the caller saw (If-Match); a mismatch answers 412. */
const revision = { revision: z.int().optional() };
/** A lab's source: a zip in the uploads bucket, or a git repository at a ref. */
const LabSource = z.union([z.strictObject({ archive: z.string() }), labs.ImportLabFromGit]);

/** What the caller believes about the lab that an import goes to; 412 `version_conflict` when it is otherwise. */
const expected = z.strictObject({
  /** The digest of its newest version (If-Match). */
  digest: z.string().optional(),
  /** There is none of that id yet (If-None-Match: *). */
  absent: z.literal(true).optional(),
});

export const ListLabsRequest = defineRequest('lab.labs.list', { request: labs.ListLabs, reply: pageOf(labs.Lab) });
export const GetLab = defineRequest('lab.labs.get', { request: z.strictObject(byLab), reply: labs.Lab });
export const ListLabVersions = defineRequest('lab.labs.versions', {
  request: z.strictObject(byLab),
  reply: z.strictObject({ items: z.array(labs.LabVersion) }),
});
export const ImportLab = defineRequest('lab.labs.import', {
  request: z.union([
    z.strictObject({ archive: z.string(), expected: expected.optional() }),
    labs.ImportLabFromGit.extend({ expected: expected.optional() }),
  ]),
  reply: labs.ImportedLab,
});
export const ValidateLab = defineRequest('lab.labs.validate', { request: LabSource, reply: labs.LabValidation });
export const UpdateLabRequest = defineRequest('lab.labs.update', {
  request: labs.UpdateLab.extend({ ...byLab, ...revision }),
  reply: labs.Lab,
});
export const DeleteLab = defineRequest('lab.labs.delete', { request: z.strictObject(byLab), reply: Nothing });
/** Puts the file into the files bucket and answers where; media types are decided by the service, never by the archive. */
export const GetLabFile = defineRequest('lab.files.get', {
  request: z.strictObject({ ...byLab, version: z.int().positive(), path: z.string().max(1024) }),
  reply: z.strictObject({ blob: z.string(), mediaType: z.string(), sizeBytes: z.int(), sha256: z.string() }),
});
/** Puts a version as a zip into the uploads bucket, for those who may edit the lab. Whoever takes it deletes it. */
export const GetLabArchive = defineRequest('lab.files.archive', {
  request: z.strictObject({ ...byLab, version: z.int().positive() }),
  reply: z.strictObject({ blob: z.string(), sizeBytes: z.int(), digest: z.string(), slug: LabSlug }),
});

/**
 * For the instruction service: what the pages of a version are compiled from. Files under `read` (and the pages) lie in
 * the files bucket under their hash; of all others only the path is told.
 */
export const GetLabFolder = defineRequest('lab.files.folder', {
  request: z.strictObject({
    ...byLab,
    version: z.int().positive(),
    read: z.array(z.string().max(1024)).max(2000).default([]),
  }),
  reply: z.strictObject({
    digest: z.string(),
    languages: z.array(Language),
    /** The folder of the pages; below it one folder per language. */
    instructions: z.string(),
    systems: z.array(
      z.strictObject({
        name: DnsLabel,
        access: z.array(z.strictObject({ name: DnsLabel, kind: z.enum(accessKinds) })),
      }),
    ),
    variables: z.array(z.strictObject({ name: VariableName, secret: z.boolean() })),
    files: z.array(z.strictObject({ path: z.string(), sizeBytes: z.int(), blob: z.string().optional() })),
  }),
});

export const ListImagesRequest = defineRequest('lab.images.list', {
  request: images.ListImages,
  reply: pageOf(images.Image),
});
export const GetImage = defineRequest('lab.images.get', { request: z.strictObject(byImage), reply: images.Image });
export const CreateImageRequest = defineRequest('lab.images.create', {
  request: images.CreateImage,
  reply: images.Image,
});
export const UploadImage = defineRequest('lab.images.upload', {
  request: z.strictObject({ ...byImage, blob: z.string(), sha256: z.string(), sizeBytes: z.int() }),
  reply: images.Image,
});
export const RetryImage = defineRequest('lab.images.retry', { request: z.strictObject(byImage), reply: images.Image });
export const DeleteImage = defineRequest('lab.images.delete', { request: z.strictObject(byImage), reply: Nothing });
/** For the provisioner: what to import; 404 when it was removed. */
export const GetImageSpec = defineRequest('lab.images.spec', { request: z.strictObject(byImage), reply: ImageSpec });
/** For the provisioner's sweeper: images that are wanted and not imported yet. */
export const ListWantedImages = defineRequest('lab.images.wanted', {
  request: Nothing,
  reply: z.strictObject({ imageIds: z.array(z.string()) }),
});
/** For the provisioner's sweeper: which of the images that the runtime holds nobody has needed for a while. */
export const FindUnusedImages = defineRequest('lab.images.unused', {
  request: z.strictObject({ imageIds: z.array(z.string()).max(1000) }),
  reply: z.strictObject({ imageIds: z.array(z.string()) }),
});

export const labRequests = [
  ListLabsRequest,
  GetLab,
  ListLabVersions,
  ImportLab,
  ValidateLab,
  UpdateLabRequest,
  DeleteLab,
  GetLabFile,
  GetLabArchive,
  GetLabFolder,
  ListImagesRequest,
  GetImage,
  CreateImageRequest,
  UploadImage,
  RetryImage,
  DeleteImage,
  GetImageSpec,
  ListWantedImages,
  FindUnusedImages,
] as const;
