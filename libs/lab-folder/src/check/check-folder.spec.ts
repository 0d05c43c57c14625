import { describe, expect, it } from 'vitest';
import { aliasBomb } from '../testing/alias-bomb.js';
import { filesOf, sampleLab } from '../testing/sample-lab.js';
import { checkFolder } from './check-folder.js';
import { correct, strict } from './mistake.fixture.js';

describe('checkFolder', () => {
  it('finds nothing wrong with a correct lab', () => {
    const checked = checkFolder(filesOf(sampleLab()), strict);
    expect(checked.diagnostics).toEqual([]);
    expect(checked.lab).toMatchObject({ slug: 'two-hosts' });
  });

  it('reports everything in one pass, whatever else is wrong', () => {
    const broken = correct
      .replace('title: Two hosts', 'titel: Two hosts')
      .replace('networks: [lan, dmz]', 'networks: [lan, dnz]')
      .replace('image: terminal', 'image: terminl')
      .replace('memory: 256Mi', 'memory: much')
      .replace('"{{ flag }}"', '"{{ flagg }}"');
    const { diagnostics } = checkFolder(
      filesOf(sampleLab({ 'lab.yaml': broken, 'pages/en/01-start.md': '![x](gone.png)' })),
      strict,
    );
    expect(diagnostics.map(({ code }) => code)).toEqual([
      'missing_field',
      'unknown_field',
      'unknown_image',
      'unknown_network',
      'unknown_variable',
      'invalid_value',
      'file_missing',
    ]);
  });

  it('lets an admin use references and Kubernetes objects, and an author check without the image list', () => {
    const lab = correct
      .replace('image: terminal', 'image: docker.io/library/nginx:1')
      .replace(
        'presets:',
        'kubernetes: { objects: [{ apiVersion: v1, kind: Secret, metadata: { name: key } }] }\npresets:',
      );
    const files = filesOf(sampleLab({ 'lab.yaml': lab }));
    expect(checkFolder(files, { ...strict, allowReferences: true, allowKubernetesObjects: true }).diagnostics).toEqual(
      [],
    );
    expect(checkFolder(files).diagnostics).toEqual([]);
  });

  it('refuses aliases that explode, without unfolding them', () => {
    const started = performance.now();
    expect(checkFolder(filesOf({ 'lab.yaml': aliasBomb })).diagnostics).toMatchObject([{ code: 'yaml_refused' }]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it.each([
    ['nested too deeply', '['.repeat(200_000), 'yaml_refused'],
    ['nested too deeply in blocks', '- '.repeat(200_000), 'yaml_refused'],
    ['nested deeply enough to end the process', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'yaml_refused'],
    ['more than 1 MiB', `title: ${'x'.repeat(2 ** 20)}`, 'file_too_large'],
    ['empty', '', 'file_empty'],
    ['a list', '- 1', 'wrong_type'],
  ])('refuses a file that is %s', (_, content, code) => {
    expect(checkFolder(filesOf({ 'lab.yaml': content })).diagnostics[0]).toMatchObject({ code });
  });

  it('refuses what is not UTF-8, and a folder without lab.yaml', () => {
    expect(checkFolder(filesOf({ 'lab.yaml': Uint8Array.of(0xff, 0xfe) })).diagnostics).toMatchObject([
      { code: 'not_utf8' },
    ]);
    expect(checkFolder(new Map()).diagnostics).toMatchObject([{ file: 'lab.yaml', code: 'file_missing' }]);
  });

  it('refuses files that are too large together', () => {
    const { diagnostics } = checkFolder(filesOf(sampleLab({ 'files/readme.txt': 'x'.repeat(512 * 1024) })));
    expect(diagnostics).toMatchObject([{ code: 'files_too_large', path: 'systems' }]);
  });

  it('refuses paths that leave the folder, from whatever source', () => {
    const { diagnostics, lab } = checkFolder(filesOf(sampleLab({ '../evil': 'x' })));
    expect(diagnostics).toMatchObject([{ code: 'path_outside', file: '../evil' }]);
    expect(lab).toBeUndefined();
  });

  const site = '      - { name: site, kind: web, port: 80 }\n';
  it.each([
    ['a page', site, []],
    ['a port', '    ready: { tcp: 22 }\n', []],
    ['only a time', '    ready: { timeout: 2m }\n', ['warning readiness_unseen systems[1].name']],
    ['nothing', '', ['warning readiness_unseen systems[1].name']],
    ['a mistyped port', '    ready: { tcp: ssh }\n', ['error wrong_type systems[1].ready.tcp']],
  ])('tells of a virtual machine of which %s tells that its guest is up', (_, has, found) => {
    const checked = checkFolder(filesOf(sampleLab({ 'lab.yaml': correct.replace(site, has) })), strict);
    expect(checked.diagnostics.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual(found);
  });

  it('warns of what is likely a mistake, and still gives the lab', () => {
    const lab = correct.replace('kind: terminal }', 'kind: terminal, command: [echo, "{{ flag }}"] }');
    const readme = '{{ flagg }} {% if x %}{{ .Go.Template }}';
    const checked = checkFolder(filesOf(sampleLab({ 'lab.yaml': lab, 'files/readme.txt': readme })), strict);
    expect(checked.diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning unknown_variable',
      'warning variable_not_replaced',
    ]);
    expect(checked.lab).toBeDefined();
  });
});
