import {
  DeleteLab,
  GetDesiredSession,
  GetLab,
  GetLabFile,
  ImportLab,
  ListLabsRequest,
  ListLabVersions,
  UpdateLabRequest,
  ValidateLab,
} from '@lab-orchestrator/contracts';
import { aliasBomb, sampleLab, zipOf, type ZipEntry } from '@lab-orchestrator/lab-folder/testing';
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

describe('importing', () => {
  it('makes a version, and none for the same content', async () => {
    const first = await rig.importLab(lecturer);
    expect(first).toMatchObject({
      version: 1,
      created: true,
      warnings: [],
      lab: { slug: 'two-hosts', visibility: 'private', needs: { cpus: 1.25, vms: 1, containers: 1 } },
    });
    expect(await rig.importLab(lecturer)).toMatchObject({ version: 1, created: false, lab: { id: first.lab.id } });
    const second = await rig.importLab(lecturer, changed('title: Two hosts', 'title: Two machines'));
    expect(second).toMatchObject({ version: 2, created: true, lab: { id: first.lab.id, title: 'Two machines' } });
    const { items } = await rig.ask(ListLabVersions, { labId: first.lab.id }, lecturer);
    expect(items.map(({ version, title, source }) => [version, title, source])).toEqual([
      [2, 'Two machines', 'archive'],
      [1, 'Two hosts', 'archive'],
    ]);
    expect(new Set(items.map(({ digest }) => digest)).size).toBe(2);
  });

  it('gives each lecturer a lab of their own', async () => {
    const mine = await rig.importLab(lecturer, changed('id: two-hosts', 'id: shared-name'));
    const theirs = await rig.importLab(colleague, changed('id: two-hosts', 'id: shared-name'));
    expect(theirs.lab.id).not.toBe(mine.lab.id);
  });

  it('makes one version of several imports at once', async () => {
    const folder = changed('id: two-hosts', 'id: at-once');
    const imports = await Promise.all(Array.from({ length: 5 }, () => rig.importLab(lecturer, folder)));
    expect(imports.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(imports.map(({ lab, version }) => `${lab.id} ${version}`)).size).toBe(1);
  });

  it('refuses a broken lab with every mistake at its place', async () => {
    const broken = yaml
      .replace('networks: [lan, dmz]', 'networks: [lan, dnz]')
      .replace('image: terminal', 'image: terminl');
    const folder = sampleLab({ 'lab.yaml': broken });
    await expect(rig.importLab(lecturer, folder)).rejects.toMatchObject({
      code: 'invalid_lab',
      status: 422,
      detail: 'The lab has 2 mistakes.',
      errors: [
        { path: 'lab.yaml:22:12 systems[0].image', message: expect.stringContaining('did you mean "terminal"?') },
        { path: 'lab.yaml:24:21 systems[0].networks[1]', message: expect.stringContaining('did you mean "dmz"?') },
      ],
    });
  });

  it.each<[string, () => Uint8Array, string]>([
    ['no zip', () => Buffer.from('not a zip'), 'archive_unreadable'],
    ['a path outside', () => zipOf({ '../x': 'y' }), 'path_outside'],
    [
      'a link',
      () => zipOf([{ name: 'lab.yaml', content: '/etc/passwd', mode: 0o120777 }] satisfies ZipEntry[]),
      'not_a_file',
    ],
    ['encryption', () => zipOf([{ name: 'lab.yaml', flags: 1 }]), 'archive_encrypted'],
    [
      'too many files',
      () => zipOf(Array.from({ length: 2001 }, (_, index) => ({ name: `f${index}` }))),
      'too_many_files',
    ],
    ['no lab.yaml', () => zipOf({ 'readme.md': 'x' }), 'file_missing'],
    ['a bomb', () => zipOf({ 'lab.yaml': yaml, zeros: Buffer.alloc(101 * 2 ** 20) }), 'too_large'],
    ['a bomb of YAML aliases', () => zipOf(sampleLab({ 'lab.yaml': aliasBomb })), 'yaml_refused'],
    ['a page of 10 MB', () => zipOf(sampleLab({ 'pages/en/02.md': 'word '.repeat(2_000_000) })), 'page_too_large'],
  ])('refuses an archive with %s, and says so when validating', async (_, archive, code) => {
    const key = await upload(archive());
    expect(await rig.ask(ValidateLab, { archive: key }, lecturer)).toMatchObject({
      valid: false,
      diagnostics: [{ code }],
    });
    await expect(rig.ask(ImportLab, { archive: key }, lecturer)).rejects.toMatchObject({
      code: 'invalid_lab',
      status: 422,
    });
  });

  it('validates without importing', async () => {
    const key = await upload(zipOf(changed('id: two-hosts', 'id: only-checked')));
    expect(await rig.ask(ValidateLab, { archive: key }, lecturer)).toEqual({
      valid: true,
      diagnostics: [],
      lab: { slug: 'only-checked', title: 'Two hosts' },
    });
    expect((await rig.ask(ListLabsRequest, { search: 'only-checked' }, admin)).items).toEqual([]);
  });

  it('is not for learners, and an upload that expired is not found', async () => {
    await expect(rig.importLab(learner)).rejects.toMatchObject({ status: 403 });
    await expect(rig.ask(ImportLab, { archive: 'gone' }, lecturer)).rejects.toMatchObject({
      status: 404,
      code: 'blob_not_found',
    });
  });

  it('lets only an admin use images that are not on the list', async () => {
    const folder = changed('image: terminal', 'image: docker.io/library/nginx:1.27');
    await expect(rig.importLab(lecturer, folder)).rejects.toMatchObject({ code: 'invalid_lab' });
    const { id } = await rig.start(admin, (await rig.importLab(admin, folder)).lab.id);
    const { spec } = await rig.ask(GetDesiredSession, { sessionId: id });
    expect(spec?.systems[0]).toMatchObject({
      image: {
        id: expect.stringMatching(/^nginx-[0-9a-f]{12}$/),
        source: { kind: 'container', reference: 'docker.io/library/nginx:1.27' },
      },
    });
  });

  it('lets only an admin bring Kubernetes objects, and nobody privileged ones', async () => {
    const folder = (object: object) =>
      changed('id: two-hosts', `id: objects\nkubernetes: { objects: [${JSON.stringify(object)}] }`);
    const notes = folder({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'notes' } });
    await expect(rig.importLab(lecturer, notes)).rejects.toMatchObject({
      code: 'invalid_lab',
      status: 422,
      errors: [{ path: 'lab.yaml:3:24 kubernetes.objects', message: expect.stringContaining('only an admin') }],
    });
    expect(await rig.importLab(admin, notes)).toMatchObject({ created: true, lab: { slug: 'objects' } });
    const open = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'open' }, spec: { hostNetwork: true } };
    await expect(rig.importLab(admin, folder(open))).rejects.toMatchObject({
      code: 'invalid_lab',
      status: 422,
      errors: [{ path: expect.stringMatching(/ kubernetes\.objects\[0\]\.spec\.hostNetwork$/) }],
    });
  });
});

describe('the catalog', () => {
  it('shows labs by their visibility, and never says that others exist', async () => {
    const { lab } = await rig.importLab(lecturer, changed('id: two-hosts', 'id: seen'));
    const sees = async (caller: typeof learner) =>
      (await rig.ask(ListLabsRequest, { search: 'seen' }, caller)).items.length;
    const get = (caller: typeof learner) => rig.ask(GetLab, { labId: lab.id }, caller);
    const all = () => Promise.all([learner, colleague, lecturer, admin].map(sees));
    expect(await all()).toEqual([0, 0, 1, 1]);
    await expect(get(learner)).rejects.toMatchObject({ status: 404, code: 'lab_not_found' });
    await rig.ask(UpdateLabRequest, { labId: lab.id, visibility: 'course' }, lecturer);
    expect(await all()).toEqual([0, 1, 1, 1]);
    await rig.ask(UpdateLabRequest, { labId: lab.id, visibility: 'public' }, lecturer);
    expect(await all()).toEqual([1, 1, 1, 1]);
    await expect(rig.ask(UpdateLabRequest, { labId: lab.id, archived: true }, colleague)).rejects.toMatchObject({
      status: 403,
    });
    await expect(rig.ask(UpdateLabRequest, { labId: lab.id, archived: true }, learner)).rejects.toMatchObject({
      status: 403,
    });
  });

  it('refuses a change of what somebody else has changed meanwhile', async () => {
    const { lab } = await rig.importLab(lecturer, changed('id: two-hosts', 'id: revised'));
    const { revision } = await rig.ask(
      UpdateLabRequest,
      { labId: lab.id, archived: true, revision: lab.revision },
      lecturer,
    );
    expect(revision).toBe(lab.revision + 1);
    await expect(
      rig.ask(UpdateLabRequest, { labId: lab.id, archived: false, revision: lab.revision }, lecturer),
    ).rejects.toMatchObject({
      status: 412,
      code: 'revision_mismatch',
    });
  });

  it('pages without gaps in every order', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e'])
      await rig.importLab(
        colleague,
        changed('id: two-hosts\ntitle: Two hosts', `id: paged-${name}\ntitle: Same title`),
      );
    for (const sort of ['title', '-title', 'updatedAt', '-updatedAt', 'level', 'durationS'] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await rig.ask(
          ListLabsRequest,
          { search: 'paged-', sort, limit: 2, ...(cursor && { cursor }) },
          colleague,
        );
        seen.push(...page.items.map(({ slug }) => slug));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen.toSorted()).toEqual(['paged-a', 'paged-b', 'paged-c', 'paged-d', 'paged-e']);
    }
    await expect(rig.ask(ListLabsRequest, { cursor: 'nonsense' }, colleague)).rejects.toMatchObject({
      code: 'invalid_cursor',
      status: 400,
    });
  });

  it('takes a lab away while its sessions go on', async () => {
    const labId = await rig.publicLab(lecturer, changed('id: two-hosts', 'id: deleted'));
    const { id: sessionId } = await rig.start(learner, labId);
    await rig.ask(DeleteLab, { labId }, lecturer);
    await expect(rig.ask(GetLab, { labId }, lecturer)).rejects.toMatchObject({ status: 404 });
    await expect(rig.start(person('learner'), labId)).rejects.toMatchObject({ status: 404 });
    expect((await rig.ask(GetDesiredSession, { sessionId })).spec?.systems).toHaveLength(2);
    expect(await rig.ask(GetLabFile, { labId, version: 1, path: 'pages/en/network.svg' }, learner)).toMatchObject({
      mediaType: 'image/svg+xml',
    });
    // The slug is free again.
    expect((await rig.importLab(lecturer, changed('id: two-hosts', 'id: deleted'))).lab.id).not.toBe(labId);
  });
});

describe('files', () => {
  const page = `${sampleLab()['pages/en/01-start.md']}\n[x](x.html) ![x](x.png)
:::step{#more title="More"}
::check{system=attacker run="sh" from="files/check.sh"}
:::
`;
  const shown = {
    'pages/en/01-start.md': page,
    'pages/en/x.html': '<script>',
    'pages/en/x.png': 'png',
    'files/check.sh': 'true',
  };

  it('come from Postgres into the files bucket, with a media type that the archive did not choose', async () => {
    const labId = await rig.publicLab(lecturer, changed('id: two-hosts', 'id: media', shown));
    const get = (path: string) => rig.ask(GetLabFile, { labId, version: 1, path }, learner);
    const picture = await get('pages/en/network.svg');
    const bytes = await new Response(await rig.blobs.get('LAB_FILES', picture.blob)).text();
    expect(bytes).toBe(sampleLab()['pages/en/network.svg']);
    expect(picture.sizeBytes).toBe(bytes.length);
    expect((await get('pages/en/x.html')).mediaType).toBe('application/octet-stream');
    expect((await get('pages/en/x.png')).mediaType).toBe('image/png');
    await rig.blobs.delete('LAB_FILES', picture.blob);
    await get('pages/en/network.svg');
    expect(await rig.blobs.has('LAB_FILES', picture.blob)).toBe(true);
    await expect(get('pages/en/gone.png')).rejects.toMatchObject({ status: 404 });
    await expect(get('../lab.yaml')).rejects.toMatchObject({ status: 404 });
  });

  const hidden = ['lab.yaml', 'pages/en/01-start.md', 'files/check.sh', 'files/readme.txt', 'pages/en/unused.png'];

  it('are given to learners as far as the pages show them, and all to the author', async () => {
    const files = { ...shown, 'pages/en/unused.png': 'png' };
    const labId = await rig.publicLab(lecturer, changed('id: two-hosts', 'id: needed', files));
    const sees = async (caller: typeof learner, path: string) =>
      rig.ask(GetLabFile, { labId, version: 1, path }, caller).then(
        () => true,
        (error: unknown) => Reflect.get(Object(error), 'code') !== 'file_not_found',
      );
    const all = (caller: typeof learner, paths: string[]) => Promise.all(paths.map((path) => sees(caller, path)));
    const pictures = ['pages/en/network.svg', 'pages/en/x.png', 'pages/en/x.html'];
    const look = async () => {
      for (const reader of [learner, colleague]) {
        expect(await all(reader, pictures)).toEqual([true, true, true]);
        expect(await all(reader, hidden)).toEqual(hidden.map(() => false));
      }
      for (const author of [lecturer, admin]) expect(await all(author, [...pictures, ...hidden])).not.toContain(false);
    };
    await look();
    await rig.start(learner, labId);
    await look();
    // As an import has left it that did not note it yet.
    await rig.data.query('UPDATE lab_files SET on_pages = NULL WHERE lab_id = $1', [labId]);
    await look();
  });
});
