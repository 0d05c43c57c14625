import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { zipOf, type ZipEntry } from '../testing/zip.js';
import { folderDigest } from './digest.js';
import { readZip } from './read-zip.js';

const refusal = async (archive: Uint8Array) => readZip(archive).catch((error: unknown) => error);

describe('readZip', () => {
  it('gives the files by path', async () => {
    const files = await readZip(
      zipOf([
        { name: 'pages/', mode: 0o040755 },
        { name: 'pages/a.md', content: 'ä' },
        { name: 'lab.yaml', content: 'x' },
      ]),
    );
    expect([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()])).toEqual([
      ['pages/a.md', 'ä'],
      ['lab.yaml', 'x'],
    ]);
  });

  it('reads a file on disk like bytes in memory', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lab-zip-'));
    const archive = zipOf({ 'lab.yaml': 'x', 'a.md': 'y' });
    try {
      await writeFile(join(directory, 'lab.zip'), archive);
      expect(folderDigest(await readZip(join(directory, 'lab.zip')))).toBe(folderDigest(await readZip(archive)));
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('takes away a single folder around everything, and what tools leave behind', async () => {
    const files = await readZip(
      zipOf({ 'lab-main/lab.yaml': 'x', 'lab-main/.git/config': 'y', '__MACOSX/lab-main/._lab.yaml': 'z' }),
    );
    expect([...files.keys()]).toEqual(['lab.yaml']);
  });

  it.each<[string, ZipEntry[], string]>([
    ['a path that climbs', [{ name: '../evil' }], 'path_outside'],
    ['a path that climbs inside', [{ name: 'a/../../evil' }], 'path_outside'],
    ['an absolute path', [{ name: '/etc/passwd' }], 'path_outside'],
    ['a drive letter', [{ name: 'C:/evil' }], 'path_outside'],
    ['a backslash', [{ name: '..\\evil' }], 'path_outside'],
    ['an empty part', [{ name: 'a//b' }], 'path_invalid'],
    ['a control character', [{ name: 'a\u0007b' }], 'path_invalid'],
    ['a name without end', [{ name: 'a'.repeat(600) }], 'path_invalid'],
    ['a symbolic link', [{ name: 'link', content: '/etc/passwd', mode: 0o120777 }], 'not_a_file'],
    ['a device', [{ name: 'null', mode: 0o020666 }], 'not_a_file'],
    ['an encrypted file', [{ name: 'secret', content: 'x', flags: 1 }], 'archive_encrypted'],
    ['a name twice', [{ name: 'a' }, { name: 'a' }], 'duplicate_file'],
    ['a name twice, composed differently', [{ name: 'ä' }, { name: 'a\u0308' }], 'duplicate_file'],
    [
      'a header that lies about the size',
      [{ name: 'a', content: 'x'.repeat(5000), claimedSize: 10 }],
      'archive_unreadable',
    ],
  ])('refuses %s', async (_, entries, code) => {
    expect(await refusal(zipOf(entries))).toMatchObject({ name: 'FolderError', code });
  });

  it('refuses what is no zip', async () => {
    expect(await refusal(Buffer.from('PK, said the bird'))).toMatchObject({ code: 'archive_unreadable' });
    expect(await refusal(zipOf({ a: 'x' }).subarray(0, 40))).toMatchObject({ code: 'archive_unreadable' });
  });

  it('refuses more than 2,000 files', { timeout: 60_000 }, async () => {
    const entries = Array.from({ length: 2_001 }, (_, index) => ({ name: `f${index}` }));
    expect(await refusal(zipOf(entries))).toMatchObject({ code: 'too_many_files' });
    expect((await readZip(zipOf(entries.slice(1)))).size).toBe(2_000);
  });

  it('refuses a bomb by what comes out, early', { timeout: 60_000 }, async () => {
    const content = Buffer.alloc(10 * 2 ** 20);
    const zeros = Array.from({ length: 11 }, (_, index) => ({ name: `zeros${index}`, content }));
    // Whoever unpacks on after the limit finds these, and says so.
    const unreadable = [{ name: 'lies', content: 'x'.repeat(5000), claimedSize: 10 }, { name: '../evil' }];
    expect(await refusal(zipOf([...zeros.slice(1), ...unreadable]))).toMatchObject({ code: 'archive_unreadable' });
    const bomb = zipOf([...zeros, ...unreadable]);
    expect(bomb.length).toBeLessThan(200_000);
    expect(await refusal(bomb)).toMatchObject({ code: 'too_large' });
  });

  it('refuses a bomb in one file before its end', { timeout: 60_000 }, async () => {
    // Whoever counts it as a whole comes upon the lie about its size first.
    const bomb = zipOf([{ name: 'zeros', content: Buffer.alloc(120 * 2 ** 20), claimedSize: 119 * 2 ** 20 }]);
    expect(await refusal(bomb)).toMatchObject({ code: 'too_large' });
  });
});

describe('folderDigest', () => {
  it('depends on paths and bytes, not on order', () => {
    const [a, b] = [Buffer.from('1'), Buffer.from('2')];
    const digest = folderDigest(
      new Map([
        ['a', a],
        ['b', b],
      ]),
    );
    expect(
      folderDigest(
        new Map([
          ['b', b],
          ['a', a],
        ]),
      ),
    ).toBe(digest);
    expect(
      folderDigest(
        new Map([
          ['a', b],
          ['b', a],
        ]),
      ),
    ).not.toBe(digest);
    expect(folderDigest(new Map([['a', a]]))).not.toBe(digest);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
