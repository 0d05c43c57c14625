import {
  CreateImageRequest,
  DeleteImage,
  GetImage,
  GetImageSpec,
  ImageFailed,
  ImageImported,
  ImageProgressed,
  ListImagesRequest,
  ListWantedImages,
  RetryImage,
  UploadImage,
} from '@lab-orchestrator/contracts';
import { sampleLab } from '@lab-orchestrator/lab-folder/testing';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type LabRig, person, startRig } from '../lab-service.fixture.js';

let rig: LabRig;
const [lecturer, colleague, admin, learner] = [
  person('lecturer'),
  person('lecturer'),
  person('admin'),
  person('learner'),
];
const sha256 = 'a'.repeat(64);
const http = { url: 'https://images.example/disk.qcow2', sha256 };

beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.stop());

it('lists what comes with the platform, to staff only', async () => {
  const { items } = await rig.ask(ListImagesRequest, {}, lecturer);
  expect(items.map(({ id, kind, state }) => `${id} ${kind} ${state}`)).toEqual([
    'debian-vm disk absent',
    'desktop container absent',
    'small-vm disk absent',
    'terminal container absent',
  ]);
  await expect(rig.ask(ListImagesRequest, {}, learner)).rejects.toMatchObject({ status: 403 });
  expect((await rig.ask(ListWantedImages, {})).imageIds.toSorted()).toEqual([
    'debian-vm',
    'desktop',
    'small-vm',
    'terminal',
  ]);
  expect(await rig.ask(GetImageSpec, { imageId: 'small-vm' })).toEqual({
    id: 'small-vm',
    name: 'small-vm',
    kind: 'disk',
    source: { kind: 'builtin', name: 'small-vm' },
  });
});

it('follows the import as it is reported, whatever comes late', async () => {
  const { id: imageId, state } = await rig.ask(CreateImageRequest, { name: 'kali', http }, lecturer);
  expect([imageId, state]).toEqual([expect.stringMatching(/^kali-[0-9a-f]{12}$/), 'absent']);
  const becomes = (expected: object) =>
    vi.waitFor(async () => expect(await rig.ask(GetImage, { imageId }, lecturer)).toMatchObject(expected), 20_000);
  await rig.publisher.publish(ImageProgressed, { imageId, percent: 40 }, { id: randomUUID() });
  await becomes({ state: 'importing', percent: 40 });
  const reason = { code: 'checksum_mismatch', text: 'The file is another one.', advice: 'Check the sum.' };
  await rig.publisher.publish(ImageFailed, { imageId, reason }, { id: randomUUID() });
  await becomes({ state: 'failed', reason });
  expect((await rig.ask(ListWantedImages, {})).imageIds).not.toContain(imageId);
  await rig.ask(RetryImage, { imageId }, lecturer);
  await becomes({ state: 'absent' });
  await rig.publisher.publish(ImageImported, { imageId, sizeBytes: 5_000_000_000 }, { id: randomUUID() });
  await becomes({ state: 'ready', sizeBytes: 5_000_000_000 });
  await rig.publisher.publish(ImageProgressed, { imageId, percent: 90 }, { id: randomUUID() });
  await rig.publisher.publish(ImageImported, { imageId, sizeBytes: 7 }, { id: randomUUID() });
  await becomes({ state: 'ready', sizeBytes: 5_000_000_000 });
});

it('gives another source another id, and a name once', async () => {
  const first = await rig.ask(CreateImageRequest, { name: 'twice', container: 'docker.io/library/a:1' }, lecturer);
  await expect(rig.ask(CreateImageRequest, { name: 'twice', http }, colleague)).rejects.toMatchObject({
    code: 'image_name_taken',
    status: 409,
  });
  await rig.ask(DeleteImage, { imageId: first.id }, lecturer);
  await expect(rig.ask(GetImage, { imageId: first.id }, lecturer)).rejects.toMatchObject({ status: 404 });
  await expect(rig.ask(GetImageSpec, { imageId: first.id })).rejects.toMatchObject({ status: 404 });
  const second = await rig.ask(CreateImageRequest, { name: 'twice', container: 'docker.io/library/a:2' }, lecturer);
  expect(second.id).not.toBe(first.id);
  await rig.ask(DeleteImage, { imageId: second.id }, lecturer);
  const again = await rig.ask(CreateImageRequest, { name: 'twice', container: 'docker.io/library/a:1' }, lecturer);
  expect(again.id).toBe(first.id);
});

it('takes one upload per image', async () => {
  const { id: imageId, source } = await rig.ask(CreateImageRequest, { name: 'mine', upload: true }, lecturer);
  expect(source.kind).toBe('upload');
  expect((await rig.ask(ListWantedImages, {})).imageIds).not.toContain(imageId);
  await expect(rig.ask(GetImageSpec, { imageId })).rejects.toMatchObject({ status: 404 });
  const disk = { imageId, blob: 'uploaded', sha256, sizeBytes: 10 };
  await rig.ask(UploadImage, disk, lecturer);
  expect((await rig.ask(GetImageSpec, { imageId })).source).toEqual({ kind: 'upload', blob: 'uploaded', sha256 });
  await expect(rig.ask(UploadImage, { ...disk, blob: 'other' }, lecturer)).rejects.toMatchObject({
    code: 'image_has_disk',
    status: 409,
  });
});

it('is changed by the one who added it or an admin, and not removed while a lab needs it', async () => {
  const { id: imageId } = await rig.ask(CreateImageRequest, { name: 'used', http }, lecturer);
  await expect(rig.ask(DeleteImage, { imageId }, colleague)).rejects.toMatchObject({ status: 403 });
  await expect(rig.ask(DeleteImage, { imageId: 'terminal' }, lecturer)).rejects.toMatchObject({ status: 403 });
  const yaml = (sampleLab()['lab.yaml'] ?? '').replace('image: small-vm', 'image: used');
  await rig.importLab(lecturer, sampleLab({ 'lab.yaml': yaml }));
  expect((await rig.ask(GetImage, { imageId }, lecturer)).usedByLabs).toBe(1);
  await expect(rig.ask(DeleteImage, { imageId }, admin)).rejects.toMatchObject({ code: 'image_in_use', status: 409 });
  await rig.importLab(lecturer);
  await rig.ask(DeleteImage, { imageId }, admin);
});

it('refuses sources that are not safe', async () => {
  const unsafe = { url: 'http://images.example/disk.qcow2', sha256 };
  await expect(rig.ask(CreateImageRequest, { name: 'unsafe', http: unsafe }, lecturer)).rejects.toMatchObject({
    code: 'invalid_request',
    errors: [{ path: 'http.url' }],
  });
});
