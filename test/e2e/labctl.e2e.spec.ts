import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { filesInGuide } from '@lab-orchestrator/lab-folder/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { leftIn } from './support/engine.ts';
import { Labctl, type Talk } from './support/labctl.ts';
import { product } from './support/product.ts';

const guide = join(import.meta.dirname, '../../docs/guides/write-a-lab.md');
const leave = '\u001d';
/** Parts of the spec share a lab and a session: each goes on where the last one ended. */
let folder: string;
let lab: string;
let labctl: Labctl;
let api: Api;
let sessionId: string;
let preview: Talk | undefined;

const save = async (path: string, content: string) => {
  await mkdir(dirname(join(lab, path)), { recursive: true });
  await writeFile(join(lab, path), content);
};
const edit = async (path: string, before: string, after: string) =>
  save(path, (await readFile(join(lab, path), 'utf8')).replace(before, after));

beforeAll(async () => {
  await Labctl.build();
  folder = await mkdtemp(join(tmpdir(), 'labctl-e2e-'));
  lab = join(folder, 'find-the-word');
  labctl = new Labctl(join(folder, 'settings'));
  api = await Api.signIn(product().url, product().lecturer);
  for (const [path, content] of Object.entries(filesInGuide(await readFile(guide, 'utf8')))) await save(path, content);
});
afterAll(async () => {
  preview?.interrupt();
  if (sessionId) await api.end(sessionId).catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

describe('an author with labctl, by the guide', () => {
  it('checks the folder, and is told what is wrong and where', async () => {
    expect(await labctl.run(['check', lab])).toMatchObject({ code: 0 });
    await edit('lab.yaml', 'image: terminal', 'image: terminal\n    memroy: 1Gi');
    const { code, out } = await labctl.run(['check', lab]);
    expect(code).toBe(3);
    expect(out).toMatch(/^lab\.yaml:\d+:\d+: error: .*memroy/m);
    await edit('lab.yaml', '\n    memroy: 1Gi', '');
  });

  it('signs in; the password is kept nowhere', async () => {
    const { username, password } = product().lecturer;
    expect(await labctl.run(['list', 'labs'])).toMatchObject({ code: 6 });
    const login = ['login', product().url, '--username', username, '--password-stdin'];
    expect(await labctl.run(login, 'wrong\n')).toMatchObject({ code: 6 });
    expect(await labctl.run(login, `${password}\n`)).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, 'settings/labctl/settings.json'), 'utf8')).not.toContain(password);
  });

  it('imports the lab once, and not again while it is the same', async () => {
    expect(await labctl.json('import', lab)).toMatchObject({ version: 1, created: true });
    expect(await labctl.json('import', lab)).toMatchObject({ version: 1, created: false });
    expect((await labctl.run(['list', 'labs'])).out).toMatch(/^find-the-word +1 +private/m);
  });

  it('starts it and waits until it can be worked in', async () => {
    const { code, out } = await labctl.run(['start', 'find-the-word', '--wait']);
    expect(code).toBe(0);
    sessionId = out.trim();
    expect(await api.session(sessionId)).toMatchObject({ phase: 'ready', lab: { version: 1 } });
  });

  it('types into its terminal, reads the answer, and passes the check that failed before', async () => {
    const check = () => api.call<{ passed: boolean }>('POST', `/sessions/${sessionId}/steps/keep/check`);
    expect(await check()).toMatchObject({ passed: false });
    const terminal = labctl.talk(['attach', sessionId, 'workstation']);
    terminal.type('echo $((6 * 7)) on $(hostname)\n');
    await expect.poll(() => terminal.said, { timeout: 30_000 }).toContain('42 on workstation');
    terminal.type("cut -d' ' -f4 notes/word.txt > answer.txt; echo kept $?\n");
    await expect.poll(() => terminal.said, { timeout: 30_000 }).toContain('kept 0');
    terminal.type(leave);
    expect(await terminal.ended()).toBe(0);
    expect(await check()).toMatchObject({ passed: true });
  });

  it('takes the lab out again, byte for byte', async () => {
    const copy = join(folder, 'copy');
    expect(await labctl.run(['export', 'find-the-word', '-o', copy])).toMatchObject({ code: 0 });
    expect(await labctl.run(['export', 'find-the-word', '-o', copy])).toMatchObject({ code: 2 });
    expect(await readFile(join(copy, 'lab.yaml'))).toEqual(await readFile(join(lab, 'lab.yaml')));
    expect(await labctl.json('import', copy)).toMatchObject({ version: 1, created: false });
  });

  it('previews it while writing: each save is shown, and a version; the session that is open is taken up', async () => {
    preview = labctl.talk(['--json', 'preview', lab, '--port', '0', '--session']);
    const lines = () => preview?.lines ?? [];
    const session = `${product().url}/sessions/${sessionId}`;
    await expect.poll(lines, { timeout: 30_000 }).toContainEqual({ session, version: 1, newest: 1 });
    const url =
      lines()
        .map((line) => String(Object(line).url))
        .find((each) => each.startsWith('http')) ?? '';
    expect(await (await fetch(url)).text()).toContain('Keep the word');
    await edit('pages/en/01-find.md', 'title: Find the word', 'title: Find a word');
    await expect.poll(lines, { timeout: 30_000 }).toContainEqual({ session, version: 1, newest: 2 });
    expect(await (await fetch(url)).text()).toContain('<h1>Find a word</h1>');
    preview.interrupt();
    expect(await preview.ended()).toBe(0);
  });

  it('ends the session, and nothing of it is left', async () => {
    expect(await labctl.run(['end', sessionId, '--wait'])).toMatchObject({ code: 0 });
    await expect.poll(() => leftIn(sessionId), { timeout: 30_000 }).toEqual([]);
  });
});
