import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { barriersInBothThemes } from './support/barriers.ts';
import { openBrowser } from './support/browser.ts';
import { INSTANCE_VARIABLE } from './support/cluster-remains.ts';
import { leftIn } from './support/engine.ts';
import { labFolder } from './support/lab-folder.ts';
import { product } from './support/product.ts';
import { Workspace } from './support/workspace.ts';

/** A cluster waits before it starts again what ended, so that there it takes longer until a system counts as broken. */
const CAUSE_LASTS_S = process.env[INSTANCE_VARIABLE] === undefined ? 20 : 90;

let api: Api;
beforeAll(async () => void (api = await Api.signIn(product().url, product().admin)));

const labWith = (id: string, system: string) => `apiVersion: lab/v1
id: ${id}
title: ${id}
systems:
  - ${system.trim().split('\n').join('\n    ')}
`;

async function importLab(yaml: string): Promise<string> {
  const { lab } = await api.upload<{ lab: { id: string } }>('/labs', await labFolder({ 'lab.yaml': yaml }));
  return lab.id;
}

describe('a lab that cannot work ends in a state that says why, with a way forward, and leaves nothing', () => {
  it.each([
    [
      'a container that exits at once',
      'exits',
      `name: box\nkind: container\nimage: terminal\ncommand: [bash, -c, "echo out of order >&2; exit 3"]\naccess: [{ name: shell, kind: terminal }]\nready: { timeout: 60s }`,
      'system_exited',
    ],
    [
      'a container that eats its memory',
      'eats',
      `name: box\nkind: container\nimage: terminal\nmemory: 64Mi\ncommand: [bash, -c, "x=$(head -c 500000000 /dev/zero | tr '\\\\0' x); sleep 60"]\naccess: [{ name: shell, kind: terminal }]\nready: { timeout: 60s, tcp: 81 }`,
      'out_of_memory',
    ],
    [
      'a container image that does not exist',
      'missing',
      `name: box\nkind: container\nimage: "localhost:9/no/such:image"\naccess: [{ name: shell, kind: terminal }]`,
      'image_not_found',
    ],
    [
      'a system that never answers',
      'silent',
      `name: box\nkind: container\nimage: terminal\naccess: [{ name: site, kind: web, port: 81 }]\nready: { timeout: 10s }`,
      'not_ready_in_time',
    ],
    [
      'a machine that never boots',
      'dead',
      `name: box\nkind: vm\nmemory: 64Mi\ndisks: [{ name: root, empty: 16Mi }]\naccess: [{ name: site, kind: web, port: 80 }]\nready: { timeout: 15s }`,
      'not_ready_in_time',
    ],
  ])('%s', async (_, id, system, code) => {
    const session = await api.start(await importLab(labWith(id, system)));
    const failed = await api.reaches(session.id, ['failed'], 180_000);
    expect(failed.reason).toMatchObject({ code, system: 'box', advice: expect.stringMatching(/\w/) });
    const { items } = await api.call<{ items: { text: string }[] }>('GET', `/sessions/${session.id}/log`);
    expect(items.length).toBeGreaterThan(1);
    await api.end(session.id);
    await api.reaches(session.id, ['ended'], 60_000);
    await expect.poll(() => leftIn(session.id), { timeout: 30_000 }).toEqual([]);
  });
});

describe('a person opens a session that has failed', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    const context = await browser.newContext({ locale: 'en', reducedMotion: 'reduce' });
    context.setDefaultTimeout(60_000);
    page = await Workspace.signIn(context, product().url, product().admin);
  });
  afterAll(() => browser?.close());

  const failed = () => page.getByRole('alert').filter({ has: page.getByRole('heading', { level: 2 }) });
  const box = (command: string) =>
    `name: box\ntitle: The box\nkind: container\nimage: terminal\ncommand: [bash, -c, "${command}"]\naccess: [{ name: shell, kind: terminal }]`;
  async function openFailed(id: string, command: string) {
    const { id: sessionId } = await api.start(await importLab(labWith(id, box(command))));
    const { reason } = await api.reaches(sessionId, ['failed'], 180_000);
    await page.goto(`${product().url}/sessions/${sessionId}`);
    return { sessionId, reason };
  }
  async function retry() {
    await failed().getByRole('button', { name: 'Try again' }).click();
    await failed().waitFor({ state: 'detached' });
  }

  it('reads what is wrong, with which system, and what to do', async () => {
    const { sessionId, reason } = await openFailed('tells', 'echo out of order >&2; exit 3');
    for (const text of [reason!.advice, reason!.text, 'System: The box', `Session ${sessionId} · system_exited`])
      await failed().getByText(text).waitFor();
    expect(await failed().innerText()).toContain('out of order');
    expect(await barriersInBothThemes(page)).toEqual([]);
  });

  it('tries again: while the cause is there, it says the same again', async () => {
    await retry();
    await failed().getByText('out of order').waitFor();
    await failed().getByText('System: The box').waitFor();
  });

  it('ends it, goes home, and nothing of it is left', async () => {
    const { sessionId } = new Workspace(page);
    await failed().getByRole('button', { name: 'End' }).click();
    await page.getByRole('button', { name: 'End and delete' }).click();
    await page.getByRole('heading', { name: 'This session has ended' }).waitFor();
    await page.getByRole('link', { name: 'All labs' }).click();
    await page.getByRole('heading', { name: 'Labs', level: 1 }).waitFor();
    await expect.poll(() => leftIn(sessionId), { timeout: 60_000 }).toEqual([]);
  });

  it('tries again when the cause is gone, and works in it', async () => {
    const until = Math.ceil(Date.now() / 1_000) + CAUSE_LASTS_S;
    const { sessionId } = await openFailed('recovers', `[ $(date +%s) -ge ${until} ] || exit 3; exec sleep infinity`);
    await failed().waitFor();
    await page.waitForTimeout(Math.max(0, (until + 1) * 1_000 - Date.now()));
    await retry();
    const workspace = new Workspace(page);
    await workspace.isReady();
    const terminal = await workspace.terminal(/the box/i);
    await terminal.run('echo $((6*7)) works');
    await terminal.shows('42 works');
    await workspace.end();
    await expect.poll(() => leftIn(sessionId), { timeout: 60_000 }).toEqual([]);
  });
});
