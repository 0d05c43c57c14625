import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderDigest, readZip } from '@lab-orchestrator/lab-folder';
import { sampleLab, zipOf } from '@lab-orchestrator/lab-folder/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readFolder } from '../folder/read-folder.js';
import { run } from '../run.js';
import { lab, labId, type StandInPlatform, standInPlatform } from '../testing/platform.fixture.js';

let platform: StandInPlatform;
let folder: string;
let archive: Uint8Array;
beforeAll(async () => {
  platform = await standInPlatform((call) => (call.endsWith('/archive') ? archive : { items: [lab] }));
  folder = await mkdtemp(join(tmpdir(), 'labctl-export-'));
});
beforeEach(() => {
  archive = zipOf(sampleLab());
});
afterAll(async () => {
  platform.stop();
  await rm(folder, { recursive: true });
});

async function labctl(...args: string[]) {
  let out = '';
  let err = '';
  const streams = { out: (text: string) => (out += text), err: (text: string) => (err += text) };
  const env = { LAB_URL: platform.url, LAB_TOKEN: 'lab_token' };
  const code = await run(args, { env, stdin: process.stdin, stdout: process.stdout }, streams);
  return { code, out, err };
}

describe('labctl export', () => {
  it('writes the newest version as a zip', async () => {
    const path = join(folder, 'lab.zip');
    const { code, out } = await labctl('--json', 'export', 'two-hosts', '-o', path);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ version: 2, path, digest: folderDigest(await readZip(path)) });
    expect(platform.asked.at(-1)).toMatchObject({
      call: `GET /labs/${labId}/versions/2/archive`,
      token: 'Bearer lab_token',
    });
  });

  it('writes a version as a folder, which is the same lab', async () => {
    const path = join(folder, 'unpacked');
    expect(await labctl('export', 'two-hosts', '--lab-version', '1', '-o', path)).toMatchObject({ code: 0 });
    expect(platform.asked.at(-1)?.call).toContain('/versions/1/archive');
    expect(folderDigest(await readFolder(path))).toBe(folderDigest(await readZip(archive)));
  });

  it.each(['kept.zip', 'kept'])('leaves %s alone unless told to replace it', async (name) => {
    const path = join(folder, name);
    if (name === 'kept') await mkdir(path);
    await writeFile(name === 'kept' ? join(path, 'lab.yaml') : path, 'mine');
    expect(await labctl('export', 'two-hosts', '-o', path)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--force'),
    });
    expect(await readFile(name === 'kept' ? join(path, 'lab.yaml') : path, 'utf8')).toBe('mine');
    expect(await labctl('export', 'two-hosts', '-o', path, '--force')).toMatchObject({ code: 0 });
    expect(await readFile(name === 'kept' ? join(path, 'lab.yaml') : path, 'utf8')).not.toBe('mine');
  });

  it.each(['../evil', '/tmp/evil', 'a/../../evil', 'C:/evil'])(
    'writes nothing from an archive with %s',
    async (name) => {
      archive = zipOf({ 'lab.yaml': 'x', [name]: 'evil' });
      const path = join(folder, 'hostile');
      expect(await labctl('export', 'two-hosts', '-o', path)).toMatchObject({ code: 1 });
      await expect(readFile(join(path, 'lab.yaml'))).rejects.toThrow();
      await expect(readFile(join(folder, 'evil'))).rejects.toThrow();
    },
  );

  it('follows no link that is in the folder', async () => {
    const path = join(folder, 'linked');
    const elsewhere = join(folder, 'elsewhere');
    await mkdir(path);
    await mkdir(elsewhere);
    await symlink(elsewhere, join(path, 'files'));
    expect(await labctl('export', 'two-hosts', '-o', path, '--force')).toMatchObject({
      code: 1,
      err: expect.stringContaining('link'),
    });
    await expect(readFile(join(elsewhere, 'readme.txt'))).rejects.toThrow();
  });
});
