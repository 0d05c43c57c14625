import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { labOfEverything } from './all-blocks.fixture.js';
import type { BuiltLab } from './built-lab.js';
import { type LivePreview, startPreview } from './live-preview.js';

let folder: string;
let preview: LivePreview;
const builds: BuiltLab[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'labctl-preview-'));
  for (const [path, content] of Object.entries(labOfEverything())) await save(path, content);
  builds.length = 0;
  preview = await startPreview(folder, 0, async (built) => void builds.push(built));
  await expect.poll(() => builds.length).toBe(1);
});
afterEach(async () => {
  preview.close();
  await rm(folder, { recursive: true });
});

async function save(path: string, content: string) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}
const get = (path: string) => fetch(new URL(path, preview.url));
const page = '/pages/en/01-start';

describe('labctl preview', () => {
  it('leads to the first page and draws one of everything', async () => {
    expect(builds[0]?.diagnostics).toEqual([]);
    const answer = await get('/');
    expect(new URL(answer.url).pathname).toBe(page);
    const html = await answer.text();
    for (const part of [
      '<h2 id="a-heading--more">A heading &#x26; more</h2>',
      '<em>emphasis</em>',
      '<strong>strength</strong>',
      '<del>deletion</del>',
      '<var>{{ greeting }}</var>',
      '<a href="https://example.org/?a=1&#x26;b=2" rel="noopener noreferrer" target="_blank">',
      '<a href="/pages/en/02-next#there">a page</a>',
      '<img src="/files/pages/en/network.svg" alt="a &#x22;picture&#x22;">',
      '<a href="/files/files/readme.txt" download>a file</a>',
      '<th align="left">a</th>',
      '☑ ',
      '<ol start="3">',
      '<blockquote>',
      'graph LR; a-->b',
      'e = mc^2',
      '<track kind="captions" src="/files/pages/en/film.vtt" srclang="en"',
      '<audio src="/files/pages/en/sound.ogg" controls>',
      'Type into attacker / shell',
      'Asks for {{ nick }}',
      'Hint: A way (costs 1)',
      'The hint itself.',
      'Runs in attacker:',
      'test -e /tmp/x',
      '☐ I did',
      '<li>hops</li>',
      '<code>80 ± 1</code>',
      '<code>sure</code>',
      'The note.',
    ])
      expect(html).toContain(part);
  });

  it('draws texts as they are written, never as HTML', async () => {
    const html = await (await get(page)).text();
    expect(html).toContain('<title>One of &#x3C;everything>');
    expect(html).toContain('&#x3C;script>alert(1)&#x3C;/script>');
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toMatch(/<(everything|i|b)>/);
  });

  it('lets nothing of a lab run, and shows itself in no other page', async () => {
    const policy = (await get(page)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    const picture = await get('/files/pages/en/network.svg');
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    expect(picture.headers.get('content-security-policy')).toContain('sandbox');
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['/files/lab.yaml', '/files/pages/en/01-start.md', '/files/..%2f..%2fetc%2fpasswd', '/%E0%A4%A', '/nothing'])(
    'has no %s',
    async (path) => expect((await get(path)).status).toBe(404),
  );

  it.each([
    ['evil.example', 403],
    ['evil.example:PORT', 403],
    ['localhost:1', 403],
    ['localhost:PORT', 200],
    ['127.0.0.1:PORT', 200],
  ])('asked by the name %s answers %i', async (host, expected) => {
    const { port } = new URL(preview.url);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: host.replace('PORT', port) };
      request({ host: '127.0.0.1', port, path: page, headers }, (answer) => resolve(answer.resume().statusCode))
        .once('error', reject)
        .end();
    });
    expect(status).toBe(expected);
  });

  it('only reads', async () => {
    expect((await fetch(new URL(page, preview.url), { method: 'POST' })).status).toBe(405);
  });

  it('shows a mistake with its place as soon as it is saved, and goes on', async () => {
    const { body } = await get('/events');
    const reader = body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
    const shown = async () => (await reader?.read())?.value?.data;
    const before = await shown();
    await save('pages/en/02-next.md', 'Text\n\nOpen :system[it]{name=attackr}.\n');
    const after = await shown();
    expect(after).not.toBe(before);
    const html = await (await get('/pages/en/02-next')).text();
    expect(html).toContain(`data-revision="${after}"`);
    expect(html).toContain('<code>pages/en/02-next.md:3:6</code> error');
    expect(html).toContain('did you mean "attacker"?');
    await save('pages/en/02-next.md', 'All is well, but the step.\n');
    await shown();
    expect(await (await get('/pages/en/02-next')).text()).toContain('All is well');
    await reader?.cancel();
  });

  it('says what is wrong with a lab file that cannot be read', async () => {
    await save('lab.yaml', 'systems: [');
    await expect.poll(() => builds.length).toBeGreaterThan(1);
    const answer = await get('/');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/<code>lab\.yaml:1:\d+<\/code> error/);
  });

  it('tells that its port is taken', async () => {
    const port = Number(new URL(preview.url).port);
    await expect(startPreview(folder, port, async () => undefined)).rejects.toMatchObject({ code: 'port_taken' });
  });
});
