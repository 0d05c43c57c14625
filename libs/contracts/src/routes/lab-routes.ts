import { z } from 'zod';
import * as images from '../http/images.js';
import * as labs from '../http/labs.js';
import { Nothing, pageOf } from '../http/paging.js';
import { defineRoute } from './route.js';

const labId = z.strictObject({ labId: z.uuid() });
const imageId = z.strictObject({ imageId: z.string().min(1).max(63) });
const lab = { tag: 'Labs', audience: 'user' } as const;
const author = { tag: 'Labs', audience: 'staff', scope: 'labs' } as const;
const image = { tag: 'Images', audience: 'staff', scope: 'labs' } as const;
const archive = { request: 'multipart/form-data' } as const;

export const labRoutes = {
  listLabs: defineRoute('GET', '/labs', {
    ...lab,
    summary: 'The catalog',
    query: labs.ListLabs,
    reply: pageOf(labs.Lab),
  }),
  getLab: defineRoute('GET', '/labs/{labId}', {
    ...lab,
    summary: 'One lab',
    params: labId,
    reply: labs.Lab,
    etag: true,
  }),
  listLabVersions: defineRoute('GET', '/labs/{labId}/versions', {
    ...lab,
    summary: 'Its versions, newest first',
    params: labId,
    reply: z.strictObject({ items: z.array(labs.LabVersion) }),
  }),
  importLab: defineRoute('POST', '/labs', {
    ...author,
    summary: 'Import a version from a zip (field `archive`) or from git',
    status: 201,
    body: labs.ImportLabFromGit,
    reply: labs.ImportedLab,
    headers: {
      'If-Match':
        'The digest of the newest version in quotes, as its archive has it; 412 `version_conflict` when there is a newer one',
      'If-None-Match': '`*`: 412 `version_conflict` when you have a lab of this id already',
    },
    media: archive,
  }),
  validateLab: defineRoute('POST', '/labs/validate', {
    ...author,
    summary: 'Check a lab without importing it',
    body: labs.ImportLabFromGit,
    reply: labs.LabValidation,
    media: archive,
  }),
  updateLab: defineRoute('PATCH', '/labs/{labId}', {
    ...author,
    summary: 'Change visibility, archive',
    params: labId,
    body: labs.UpdateLab,
    reply: labs.Lab,
    etag: true,
  }),
  deleteLab: defineRoute('DELETE', '/labs/{labId}', {
    ...author,
    summary: 'Take a lab away; running sessions go on',
    params: labId,
    reply: Nothing,
  }),
  getLabFile: defineRoute('GET', '/labs/{labId}/versions/{version}/files/{path}', {
    ...lab,
    summary: 'A picture or file of the pages',
    params: z.strictObject({
      labId: z.uuid(),
      version: z.coerce.number().int().positive(),
      path: z.string().max(1024),
    }),
    reply: Nothing,
    media: { reply: 'application/octet-stream' },
  }),
  getLabArchive: defineRoute('GET', '/labs/{labId}/versions/{version}/archive', {
    ...author,
    summary: 'A version as a zip, for those who may edit the lab; importing it again makes no new version',
    params: z.strictObject({ labId: z.uuid(), version: z.coerce.number().int().positive() }),
    reply: Nothing,
    etag: true,
    media: { reply: 'application/zip' },
  }),
  listImages: defineRoute('GET', '/images', {
    ...image,
    summary: 'Images',
    query: images.ListImages,
    reply: pageOf(images.Image),
    scope: 'read',
  }),
  getImage: defineRoute('GET', '/images/{imageId}', {
    ...image,
    summary: 'One image',
    params: imageId,
    reply: images.Image,
    scope: 'read',
  }),
  createImage: defineRoute('POST', '/images', {
    ...image,
    summary: 'Add an image and import it',
    status: 201,
    body: images.CreateImage,
    reply: images.Image,
  }),
  uploadImage: defineRoute('POST', '/images/{imageId}/upload', {
    ...image,
    summary: 'Upload the disk of an image',
    params: imageId,
    reply: images.Image,
    media: archive,
  }),
  retryImage: defineRoute('POST', '/images/{imageId}/retry', {
    ...image,
    summary: 'Import again',
    params: imageId,
    reply: images.Image,
  }),
  deleteImage: defineRoute('DELETE', '/images/{imageId}', {
    ...image,
    summary: 'Remove an image',
    params: imageId,
    reply: Nothing,
  }),
} as const;
