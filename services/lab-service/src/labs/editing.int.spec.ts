import { GetLabArchive, ImportLab, ListLabVersions, UpdateLabRequest } from '@lab-orchestrator/contracts';
import { folderDigest, readZip } from '@lab-orchestrator/lab-folder';
import { sampleLab, zipOf } from '@lab-orchestrator/lab-folder/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LabRig, person, startRig, stream } from '../lab-service.fixture.js';

let rig: LabRig;
const [lecturer, colleague, admin, learner] = [
  person('lecturer'),
  person('lecturer'),
  person('admin'),
  person('learner'),
];
const yaml = sampleLab()['lab.yaml'] ?? '';
const changed = (before: string, after: string, files: Record<string, string> = {}) =>
  sampleLab({ 'lab.yaml': yaml.replace(before, after), ...files });
const upload = async (archive: Uint8Array) =>
  (await rig.blobs.put('LAB_UPLOADS', stream(archive), { maxBytes: 2 ** 28 })).key;

beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.stop());

describe('editing', () => {
  const named = (title: string) => changed('id: two-hosts\ntitle: Two hosts', `id: edited\ntitle: ${title}`);
  const save = async (folder: Record<string, string>, expected: { digest?: string; absent?: true }) =>
    rig.ask(ImportLab, { archive: await upload(zipOf(folder)), expected }, lecturer);
  const conflict = { status: 412, code: 'version_conflict' };

  it('makes a version on top of the one that was edited, and of no other', async () => {
    await expect(save(named('One'), { digest: 'ff'.repeat(32) })).rejects.toMatchObject(conflict);
    const first = await save(named('One'), { absent: true });
    expect(first).toMatchObject({ version: 1, created: true, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    await expect(save(named('One'), { absent: true })).rejects.toMatchObject(conflict);
    const second = await save(named('Two'), { digest: first.digest ?? '' });
    expect(second).toMatchObject({ version: 2, created: true });
    await expect(save(named('Three'), { digest: first.digest ?? '' })).rejects.toMatchObject(conflict);
    expect(await save(named('Three'), { digest: second.digest ?? '' })).toMatchObject({ version: 3 });
  });

  it('lets only one of two editors save', async () => {
    const { digest = '' } = await save(changed('id: two-hosts', 'id: raced'), { absent: true });
    const saves = ['Mine', 'Theirs'].map((title) =>
      save(changed('id: two-hosts\ntitle: Two hosts', `id: raced\ntitle: ${title}`), { digest }),
    );
    const settled = await Promise.allSettled(saves);
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('makes nothing of a save that is sent again', async () => {
    const { digest = '' } = await save(changed('id: two-hosts', 'id: again'), { absent: true });
    const edited = changed('id: two-hosts\ntitle: Two hosts', 'id: again\ntitle: Again');
    expect(await save(edited, { digest })).toMatchObject({ version: 2, created: true });
    expect(await save(edited, { digest })).toMatchObject({ version: 2, created: false });
  });
});

describe('the archive', () => {
  const open = async (labId: string, version: number, caller: typeof learner) => {
    const packed = await rig.ask(GetLabArchive, { labId, version }, caller);
    const content = await new Response(await rig.blobs.get('LAB_UPLOADS', packed.blob)).arrayBuffer();
    expect(content.byteLength).toBe(packed.sizeBytes);
    return { ...packed, files: await readZip(new Uint8Array(content)) };
  };

  it('holds what was imported: imported again it is no new version', async () => {
    const folder = changed('id: two-hosts', 'id: exported', {
      'files/ä/leer': '',
      'files/big.bin': 'x'.repeat(300_000),
    });
    const { lab } = await rig.importLab(lecturer, folder);
    await rig.importLab(lecturer, { ...folder, 'files/readme.txt': 'Changed' });
    const { files, blob, digest, slug } = await open(lab.id, 1, lecturer);
    expect(slug).toBe('exported');
    expect(Object.fromEntries([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]))).toEqual(
      folder,
    );
    expect(folderDigest(files)).toBe(digest);
    const { items } = await rig.ask(ListLabVersions, { labId: lab.id }, lecturer);
    expect(items.find(({ version }) => version === 1)?.digest).toBe(digest);
    const newest = await open(lab.id, 2, lecturer);
    expect(await rig.ask(ImportLab, { archive: newest.blob }, lecturer)).toMatchObject({ version: 2, created: false });
    expect(await rig.ask(ImportLab, { archive: blob }, lecturer)).toMatchObject({ version: 3, created: true });
  });

  it('is for those who may edit the lab', async () => {
    const { lab } = await rig.importLab(lecturer, changed('id: two-hosts', 'id: sources'));
    await expect(open(lab.id, 1, colleague)).rejects.toMatchObject({ status: 404, code: 'lab_not_found' });
    await rig.ask(UpdateLabRequest, { labId: lab.id, visibility: 'public' }, lecturer);
    await expect(open(lab.id, 1, colleague)).rejects.toMatchObject({ status: 403 });
    await expect(open(lab.id, 1, learner)).rejects.toMatchObject({ status: 403 });
    await expect(open(lab.id, 2, lecturer)).rejects.toMatchObject({ status: 404 });
    expect((await open(lab.id, 1, admin)).files.size).toBe(Object.keys(sampleLab()).length);
  });
});
