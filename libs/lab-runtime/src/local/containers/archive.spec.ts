import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { archiveOf } from './archive.js';

const file = (path: string) => ({ path, content: Buffer.from('text'), mode: 0o640, uid: 1000, gid: 1000 });

async function entriesOf(archive: Buffer): Promise<string[]> {
  const entries: string[] = [];
  const reader = Readable.from([archive]).pipe(extract());
  for await (const entry of reader) {
    const { name, type, mode, uid } = entry.header;
    entries.push(`${type} ${name} ${(mode ?? 0).toString(8)} ${uid}`);
    entry.resume();
  }
  return entries;
}

describe('archiveOf', () => {
  it('brings folders below the home of the owner, and no others', async () => {
    const files = [file('/home/lab/a/b/one.txt'), file('/home/lab/a/two.txt'), file('/etc/app/conf')];
    expect(await entriesOf(await archiveOf(files, '/home/lab'))).toEqual([
      'directory home/lab/a 755 1000',
      'directory home/lab/a/b 755 1000',
      'file home/lab/a/b/one.txt 640 1000',
      'file home/lab/a/two.txt 640 1000',
      'file etc/app/conf 640 1000',
    ]);
  });

  it('keeps paths inside the container', async () => {
    expect(await entriesOf(await archiveOf([file('/../../etc/passwd')], '/home/lab'))).toEqual([
      'file etc/passwd 640 1000',
    ]);
  });
});
