import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './run.js';

const labs = join(import.meta.dirname, '../../../labs');
let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'labctl-'))));
afterAll(() => rm(folder, { recursive: true }));

async function labctl(...args: string[]) {
  let out = '';
  let err = '';
  const streams = { out: (text: string) => (out += text), err: (text: string) => (err += text) };
  const world = { env: { XDG_CONFIG_HOME: folder }, stdin: process.stdin, stdout: process.stdout };
  const code = await run(args, world, streams);
  return { code, out, err };
}

describe('labctl check', () => {
  it.each(['first-steps', 'two-hosts', 'dmz', 'desktop'])('finds nothing wrong with the sample lab %s', async (lab) => {
    expect(await labctl('check', join(labs, lab))).toMatchObject({ code: 0 });
  });

  it('names file, line and column of a mistake, and ends with 3', async () => {
    await writeFile(join(folder, 'lab.yaml'), 'apiVersion: lab/v1\nid: Bad Id\n');
    const { code, out, err } = await labctl('check', folder);
    expect(code).toBe(3);
    expect(out).toMatch(/^lab\.yaml:2:\d+: error: id: /m);
    expect(err).toMatch(/\d+ errors?/);
  });

  it('prints JSON for scripts', async () => {
    const { out, err } = await labctl('--json', 'check', folder);
    expect(JSON.parse(out)).toMatchObject({
      valid: false,
      diagnostics: expect.arrayContaining([expect.objectContaining({ file: 'lab.yaml', severity: 'error' })]),
    });
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'lab_invalid' } });
  });

  it('follows no link out of the folder', async () => {
    await symlink('/etc/passwd', join(folder, 'secret'));
    expect(await labctl('check', folder)).toMatchObject({ code: 3, err: expect.stringContaining('"secret"') });
  });
});

describe('labctl', () => {
  it.each([
    [['nonsense'], 2],
    [['check'], 2],
    [['check', '/nowhere'], 2],
    [['preview', '/nowhere'], 2],
    [['export', 'two-hosts'], 6],
    [['list', 'labs'], 6],
    [['login', 'ftp://labs.example'], 2],
    [['--help'], 0],
  ])('%s ends with %i', async (args, code) => {
    expect(await labctl(...args)).toMatchObject({ code });
  });

  it.each([
    ['labctl ch', 'check'],
    ['labctl list s', 'sessions'],
    ['labctl start --w', '--wait'],
    ['labctl exp', 'export'],
    ['labctl preview --s', '--session'],
  ])('completes "%s" in bash', async (line, expected) => {
    const { out } = await labctl('completion', 'bash');
    const words = line.split(' ');
    const script = `${out}COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _labctl; echo "\${COMPREPLY[0]}"`;
    expect(spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout.trim()).toBe(expected);
  });
});
