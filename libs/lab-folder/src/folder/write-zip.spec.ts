import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { folderDigest } from './digest.js';
import { readZip } from './read-zip.js';
import { writeZip } from './write-zip.js';

const folder = new Map([
  ['lab.yaml', Buffer.from('x')],
  ['pages/en/Überblick.md', Buffer.from('ä'.repeat(200_000))],
  ['files/empty', Buffer.alloc(0)],
]);
const written = () => buffer(writeZip(folder.keys(), async (path) => folder.get(path) ?? Buffer.alloc(0)));

describe('writeZip', () => {
  it('writes what comes back as the same folder', async () => {
    const files = await readZip(await written());
    expect([...files.keys()]).toEqual([...folder.keys()]);
    expect(folderDigest(files)).toBe(folderDigest(folder));
  });

  it('writes the same bytes each time', async () => {
    expect((await written()).equals(await written())).toBe(true);
  });

  it('reads a file when its turn comes, one at a time', async () => {
    let open = 0;
    let most = 0;
    const zip = writeZip(['a', 'b', 'c'], async (path) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open -= 1;
      return Buffer.from(path);
    });
    expect((await readZip(await buffer(zip))).size).toBe(3);
    expect(most).toBe(1);
  });

  it('fails when a file cannot be read', async () => {
    const zip = writeZip(['a', 'b'], async (path) => {
      if (path === 'b') throw new Error('gone');
      return Buffer.from('a');
    });
    await expect(buffer(zip)).rejects.toThrow('gone');
  });
});
