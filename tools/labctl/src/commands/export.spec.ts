import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderDigest, readZip } from '@lab-orchestrator/lab-folder';
import { sampleLab, zipOf } from '@lab-orchestrator/lab-folder/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readFolder } from '../folder/read-folder.js';
import { run } from '../run.js';

const labId = 'a2d1c9e0-8f3b-4f6a-9b57-1c7e5d3a2b44';
const at = '2026-03-02T08:00:00.000Z';
const lab = {
  id: labId,
  slug: 'two-hosts',
  title: 'Two hosts',
  summary: '',
  level: 'beginner',
  durationS: 2700,
  tags: [],
  languages: ['en'],
  visibility: 'private',
  archived: false,
  ownerId: labId,
  version: 2,
  systems: [],
  networks: [],
  needs: { cpus: 1, memoryBytes: 1, vms: 0, containers: 1 },
  rules: { deadlineS: 7200, idleS: 1800, extendByS: 1800, extensions: 2, pause: true },
  revision: 5,
  createdAt: at,
  updatedAt: at,
};

let platform: Server;
let url: string;
let folder: string;
let archive: Uint8Array;
const asked: string[] = [];
// Stands where the platform is: what labctl writes is the point here.
beforeAll(async () => {
  platform = createServer((request, response) => {
    asked.push(`${request.headers.authorization} ${request.url}`);
    const isArchive = request.url?.endsWith('/archive') === true;
    response.writeHead(200, { 'content-type': isArchive ? 'application/zip' : 'application/json' });
    response.end(isArchive ? archive : JSON.stringify({ items: [lab] }));
  });
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), 'labctl-export-'));
});
beforeEach(() => {
  archive = zipOf(sampleLab());
});
afterAll(async () => {
  platform.close();
  await rm(folder, { recursive: true });
});

async function labctl(...args: string[]) {
  let out = '';
  let err = '';
  const streams = { out: (text: string) => (out += text), err: (text: string) => (err += text) };
  const env = { LAB_URL: url, LAB_TOKEN: 'lab_token' };
  const code = await run(args, { env, stdin: process.stdin, stdout: process.stdout }, streams);
  return { code, out, err };
}

describe('labctl export', () => {
  it('writes the newest version as a zip', async () => {
    const path = join(folder, 'lab.zip');
    const { code, out } = await labctl('--json', 'export', 'two-hosts', '-o', path);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ version: 2, path, digest: folderDigest(await readZip(path)) });
    expect(asked.at(-1)).toBe(`Bearer lab_token /api/v1/labs/${labId}/versions/2/archive`);
  });

  it('writes a version as a folder, which is the same lab', async () => {
    const path = join(folder, 'unpacked');
    expect(await labctl('export', 'two-hosts', '--lab-version', '1', '-o', path)).toMatchObject({ code: 0 });
    expect(asked.at(-1)).toContain('/versions/1/archive');
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
