import { mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeArchive } from './archive.ts';
import { outputOf } from './command.ts';
import { packLayer } from './layers.ts';
import { addonsOf, layOutNode } from './node-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-images-'));
  await mkdir(join(folder, 'tree/sub'), { recursive: true });
  await writeFile(join(folder, 'tree/sub/code.js'), 'code');
  await writeFile(join(folder, 'tree/sub/code.d.ts'), 'types');
  await symlink('sub/code.js', join(folder, 'tree/link'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const pack = (name: string) =>
  packLayer(join(folder, name), {
    from: join(folder, 'tree'),
    paths: ['sub', 'link'],
    into: 'app',
    exclude: ['*.d.ts'],
  });

describe('a layer', () => {
  it('is the same for the same content, whenever it was written', async () => {
    const first = await pack('one.tar');
    await utimes(join(folder, 'tree/sub/code.js'), 1, 1);
    expect((await pack('two.tar')).digest).toBe(first.digest);
    await writeFile(join(folder, 'tree/sub/code.js'), 'other');
    expect((await pack('three.tar')).digest).not.toBe(first.digest);
  });

  it('belongs to root, keeps links, and leaves out what nobody reads', async () => {
    const { file } = await pack('one.tar');
    const list = await outputOf(['tar', '-tvf', file, '--numeric-owner']);
    expect(list).toMatch(/^-rw-r--r-- 0\/0 .* app\/sub\/code\.js$/m);
    expect(list).toMatch(/ app\/link -> sub\/code\.js$/m);
    expect(list).not.toContain('code.d.ts');
  });
});

describe('an archive', () => {
  it('names its layers by their content, and is kept while nothing changes', async () => {
    const layer = await pack('one.tar');
    const image = await writeArchive(join(folder, 'out'), 'platform', [layer], { User: '1:1' });
    const inside = async (name: string) => outputOf(['tar', '-xOf', image.archive, name]);
    const [manifest] = JSON.parse(await inside('manifest.json'));
    expect(manifest).toMatchObject({
      RepoTags: [`localhost/lab-orchestrator/platform:${image.tag}`],
      Layers: [`${layer.digest}.tar`],
    });
    const config = JSON.parse(await inside(manifest.Config));
    expect(config).toMatchObject({
      os: 'linux',
      config: { User: '1:1' },
      rootfs: { diff_ids: [`sha256:${layer.digest}`] },
    });
    const other = await writeArchive(join(folder, 'out'), 'platform', [layer], { User: '2:2' });
    expect(other.tag).not.toBe(image.tag);
    // Only the newest is kept.
    await expect(readFile(image.archive)).rejects.toThrow('ENOENT');
  });
});

describe('the tree of Node.js', () => {
  it('runs it, with native modules, and has no shell', async () => {
    const checkout = join(import.meta.dirname, '../../..');
    const argon = ['node_modules/@node-rs/argon2-linux-x64-gnu'];
    const addons = await addonsOf(checkout, process.arch === 'x64' ? argon : []);
    await layOutNode(process.execPath, addons, join(folder, 'root'));
    const version = await outputOf([
      'unshare',
      '--map-root-user',
      'chroot',
      join(folder, 'root'),
      '/usr/bin/node',
      '-v',
    ]);
    expect(version.trim()).toBe(process.version);
    for (const addon of addons) {
      await writeFile(join(folder, 'root/tmp/addon.node'), await readFile(addon));
      const load = 'console.log(typeof require("/tmp/addon.node"))';
      const command = ['unshare', '--map-root-user', 'chroot', join(folder, 'root'), '/usr/bin/node', '-e', load];
      expect((await outputOf(command)).trim()).toBe('object');
    }
    expect(await outputOf(['find', join(folder, 'root'), '-name', 'sh', '-o', '-name', 'bash'])).toBe('');
  });
});
