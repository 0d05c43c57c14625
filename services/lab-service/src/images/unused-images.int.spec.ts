import {
  CreateImageRequest,
  DeleteImage,
  DeleteLab,
  FindUnusedImages,
  GetImageSpec,
} from '@lab-orchestrator/contracts';
import { sampleLab } from '@lab-orchestrator/lab-folder/testing';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type LabRig, person, startRig } from '../lab-service.fixture.js';
import { referencedImage } from './image-id.js';
import { restMs } from './unused-images.js';

let rig: LabRig;
const admin = person('admin');
const http = { url: 'https://images.example/disk.qcow2', sha256: 'a'.repeat(64) };
/** The sample lab on another disk. */
const labOn = (image: string, slug: string) =>
  sampleLab({
    'lab.yaml': (sampleLab()['lab.yaml'] ?? '')
      .replace('image: small-vm', `image: ${image}`)
      .replace('two-hosts', slug),
  });
const unused = async (...imageIds: string[]) => (await rig.ask(FindUnusedImages, { imageIds })).imageIds;
const days = (count: number) => vi.spyOn(rig.clock, 'now').mockReturnValue(new Date(Date.now() + count * restMs + 1));

beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => rig.stop());

it('are never those on the list, nor those that nobody here knows', async () => {
  const { id } = await rig.ask(CreateImageRequest, { name: 'kept', http }, admin);
  days(2);
  expect(await unused(id, 'small-vm', 'of-somebody-else')).toEqual([]);
});

it('are those that were removed, once they have rested', async () => {
  const { id } = await rig.ask(CreateImageRequest, { name: 'gone', http }, admin);
  await rig.ask(DeleteImage, { imageId: id }, admin);
  expect(await unused(id)).toEqual([]);
  days(1);
  expect(await unused(id)).toEqual([id]);
});

it('are references that no lab names any more, and none of them while a version or a session does', async () => {
  const reference = 'registry.example/disks/old:1';
  const { id } = referencedImage(reference, 'disk');
  const { lab } = await rig.importLab(admin, labOn(reference, 'old'));
  const { id: sessionId } = await rig.start(admin, lab.id);
  // An older version of a lab that is there still counts.
  await rig.importLab(admin, labOn('small-vm', 'old'));
  days(2);
  expect(await unused(id)).toEqual([]);
  await rig.ask(DeleteLab, { labId: lab.id }, admin);
  expect(await unused(id)).toEqual([]);
  await rig.data.query(`UPDATE sessions SET phase = 'ended' WHERE id = $1`, [sessionId]);
  // Now it is off the books, and rests.
  expect(await unused(id)).toEqual([]);
  await expect(rig.ask(GetImageSpec, { imageId: id })).rejects.toMatchObject({ status: 404 });
  days(4);
  expect(await unused(id)).toEqual([id]);
  // Whoever names it again gets it again.
  await rig.importLab(admin, labOn(reference, 'again'));
  expect(await unused(id)).toEqual([]);
  expect(await rig.ask(GetImageSpec, { imageId: id })).toMatchObject({ id });
});
