import { describe, expect, it } from 'vitest';
import { filesOf, sampleLab } from '../testing/sample-lab.js';
import { checkFolder } from './check-folder.js';
import type { CheckOptions } from './options.js';

const images = new Map([
  ['terminal', 'container'],
  ['desktop', 'container'],
  ['small-vm', 'disk'],
] as const);
const strict: CheckOptions = { images, allowReferences: false, allowKubernetesObjects: false };
const correct = sampleLab()['lab.yaml'] ?? '';

/** The findings about a lab whose `lab.yaml` has one piece of text replaced by another. */
function findings(before: string, after: string, changes: Record<string, string> = {}) {
  expect(correct).toContain(before);
  return checkFolder(filesOf(sampleLab({ 'lab.yaml': correct.replace(before, after), ...changes })), strict);
}
const where = ({
  file,
  line,
  column,
  path,
  code,
}: {
  file: string;
  line?: number;
  column?: number;
  path: string;
  code: string;
}) => `${file}:${line}:${column} ${path} ${code}`;

describe('checkFolder', () => {
  it('finds nothing wrong with a correct lab', () => {
    const checked = checkFolder(filesOf(sampleLab()), strict);
    expect(checked.diagnostics).toEqual([]);
    expect(checked.lab).toMatchObject({ slug: 'two-hosts' });
  });

  it.each<[string, string, string, string, string]>([
    [
      'an unknown field',
      'title: Two hosts',
      'titel: Two hosts',
      'lab.yaml:3:1 titel unknown_field',
      'did you mean "title"?',
    ],
    [
      'an unknown field of a system',
      '    image: terminal',
      '    imgae: terminal',
      'lab.yaml:22:5 systems[0].imgae unknown_field',
      'did you mean "image"?',
    ],
    [
      'a privilege',
      '    image: terminal',
      '    image: terminal\n    privileged: true',
      'lab.yaml:23:5 systems[0].privileged unknown_field',
      'unknown field',
    ],
    [
      'a missing field',
      'title: Two hosts\n',
      '',
      'lab.yaml:1:1 title missing_field',
      'the field "title" is missing; expected a text',
    ],
    [
      'a wrong type',
      'title: Two hosts',
      'title: [Two]',
      'lab.yaml:3:8 title wrong_type',
      'expected a text, found a list',
    ],
    [
      'an unknown network',
      'networks: [lan, dmz]',
      'networks: [lan, dnz]',
      'lab.yaml:24:21 systems[0].networks[1] unknown_network',
      'did you mean "dmz"?',
    ],
    [
      'a network twice',
      'networks: [lan, dmz]',
      'networks: [lan, lan]',
      'lab.yaml:24:21 systems[0].networks[1] duplicate_name',
      'another entry for network "lan"',
    ],
    [
      'no network where there are several',
      '    networks: [lan]\n',
      '',
      'lab.yaml:31:5 systems[1] networks_missing',
      'lan, dmz',
    ],
    [
      'two systems of one name',
      '- name: server',
      '- name: attacker',
      'lab.yaml:31:11 systems[1].name duplicate_name',
      'another system "attacker"',
    ],
    [
      'two access entries of one name',
      'name: site',
      'name: console',
      'lab.yaml:44:17 systems[1].access[1].name duplicate_name',
      'another access entry',
    ],
    [
      'two disks of one name',
      'name: data',
      'name: root',
      'lab.yaml:37:17 systems[1].disks[1].name duplicate_name',
      'another disk',
    ],
    [
      'an unknown preset',
      'preset: tiny',
      'preset: tinny',
      'lab.yaml:23:13 systems[0].preset unknown_preset',
      'did you mean "tiny"?',
    ],
    [
      'a port out of range',
      'port: 80',
      'port: 70000',
      'lab.yaml:44:40 systems[1].access[1].port too_large',
      'expected at most 65535',
    ],
    ['an unknown kind', 'kind: vm', 'kind: vmm', 'lab.yaml:32:11 systems[1].kind invalid_value', 'did you mean "vm"?'],
    [
      'an unknown bus',
      'bus: sata',
      'bus: ide',
      'lab.yaml:37:40 systems[1].disks[1].bus invalid_value',
      'virtio, sata, scsi',
    ],
    [
      'a size that does not parse',
      'memory: 256Mi',
      'memory: 256Mb',
      'lab.yaml:33:13 systems[1].memory invalid_value',
      'a size such as 256Mi',
    ],
    [
      'a duration that does not parse',
      'deadline: 2h',
      'deadline: two hours',
      'lab.yaml:6:13 session.deadline invalid_value',
      'a duration such as',
    ],
    [
      'a number where a size is expected',
      'memory: 256Mi',
      'memory: 256',
      'lab.yaml:33:13 systems[1].memory wrong_type',
      'expected a text, found a number',
    ],
    [
      'a system name that is no host name',
      '- name: server',
      '- name: Server_1',
      'lab.yaml:31:11 systems[1].name invalid_value',
      'lower-case letters',
    ],
    [
      'a network name that is no label',
      '  dmz: {',
      '  DMZ!: {',
      'lab.yaml:15:3 networks["DMZ!"] invalid_name',
      'lower-case letters',
    ],
    ['a slug that is too long', 'id: two-hosts', `id: ${'a'.repeat(41)}`, 'lab.yaml:2:5 id invalid_value', '1 to 40'],
    [
      'an unknown generator',
      'generate: hex',
      'generate: hexx',
      'lab.yaml:10:21 variables.flag.generate invalid_value',
      'did you mean "hex"?',
    ],
    [
      'an unknown variable',
      '"{{ flag }}"',
      '"{{ flagg }}"',
      'lab.yaml:25:42 systems[0].environment.FLAG unknown_variable',
      'did you mean "flag"?',
    ],
    [
      'an unknown variable in a login',
      'credentials: { username: lab, password: "{{ server_password }}"',
      'credentials: { username: lab, password: "{{ pass }}"',
      'lab.yaml:45:45 systems[1].credentials.password unknown_variable',
      'there is no variable "pass"',
    ],
    [
      'an address before the start',
      '"{{ flag }}"',
      '"{{ system.server.address }}"',
      'lab.yaml:25:42 systems[0].environment.FLAG variable_too_early',
      "the system's name",
    ],
    [
      'an unknown variable in cloud-init',
      'plain_text_passwd: "{{ server_password }}"',
      'plain_text_passwd: "{{ nobody }}"',
      'lab.yaml:39:17 systems[1].cloudInit.userData unknown_variable',
      'nobody',
    ],
    [
      'a variable without quotes in cloud-init',
      'plain_text_passwd: "{{ server_password }}"',
      'plain_text_passwd: {{ server_password }}',
      'lab.yaml:39:17 systems[1].cloudInit.userData quotes_missing',
      'with quotes',
    ],
    [
      'a variable without quotes',
      'content: "{{ greeting }} {{ user.name }}"',
      'content: {{ greeting }}',
      'lab.yaml:28:47 systems[0].files[1].content quotes_missing',
      '"{{ greeting }}" with quotes',
    ],
    [
      'cloud-init that is no YAML',
      'users: [{ name',
      'users: [{{ name',
      'lab.yaml:39:17 systems[1].cloudInit.userData cloud_init_invalid',
      'not valid YAML',
    ],
    [
      'cloud-init without its first line',
      '        #cloud-config\n',
      '',
      'lab.yaml:39:17 systems[1].cloudInit.userData cloud_init_invalid',
      '#cloud-config',
    ],
    [
      'a variable in a script',
      '        #cloud-config\n',
      '        #!/bin/sh\n',
      'lab.yaml:39:17 systems[1].cloudInit.userData variable_not_possible',
      'write_files',
    ],
    [
      'a serial console of a container',
      'name: shell, kind: terminal',
      'name: shell, kind: serial',
      'lab.yaml:30:30 systems[0].access[0].kind access_not_possible',
      'no serial console',
    ],
    [
      'a terminal of a machine',
      'name: console, kind: serial',
      'name: console, kind: terminal',
      'lab.yaml:43:32 systems[1].access[0].kind access_not_possible',
      'expected serial',
    ],
    [
      'forwarding on one network',
      '    networks: [lan]\n',
      '    networks: [lan]\n    forwarding: true\n',
      'lab.yaml:35:17 systems[1].forwarding forwarding_needs_networks',
      'at least two networks',
    ],
    [
      'a file that is not there',
      'from: files/readme.txt',
      'from: files/read.txt',
      'lab.yaml:27:45 systems[0].files[0].from file_missing',
      'did you mean "files/readme.txt"?',
    ],
    [
      'a file outside',
      'from: files/readme.txt',
      'from: ../readme.txt',
      'lab.yaml:27:45 systems[0].files[0].from path_outside',
      'outside the folder',
    ],
    [
      'an absolute file',
      'from: files/readme.txt',
      'from: /etc/passwd',
      'lab.yaml:27:45 systems[0].files[0].from path_outside',
      'outside the folder',
    ],
    [
      'a file that climbs inside the system',
      'path: /home/lab/readme.txt',
      'path: /home/../../etc/x',
      'lab.yaml:27:17 systems[0].files[0].path path_outside',
      'without ".."',
    ],
    [
      'a file without source',
      ', from: files/readme.txt',
      '',
      'lab.yaml:27:9 systems[0].files[0] file_source',
      'exactly one of from and content',
    ],
    [
      'an unknown image',
      'image: terminal',
      'image: terminl',
      'lab.yaml:22:12 systems[0].image unknown_image',
      'did you mean "terminal"?',
    ],
    [
      'an image of the wrong kind',
      'image: small-vm',
      'image: desktop',
      'lab.yaml:36:30 systems[1].disks[0].image wrong_image_kind',
      'expected a disk',
    ],
    [
      'a reference',
      'image: terminal',
      'image: docker.io/library/nginx:1',
      'lab.yaml:22:12 systems[0].image reference_not_allowed',
      'only an admin',
    ],
    [
      'a disk of two sources',
      'empty: 1Gi',
      'empty: 1Gi, image: small-vm',
      'lab.yaml:37:9 systems[1].disks[1] invalid_value',
      'exactly one of image, empty and cdrom',
    ],
    [
      'Kubernetes objects',
      'presets:',
      'kubernetes: { objects: [{ kind: Pod }] }\npresets:',
      'lab.yaml:16:24 kubernetes.objects not_allowed',
      'only an admin',
    ],
    [
      'a key twice',
      'title: Two hosts',
      'title: Two hosts\ntitle: Three hosts',
      'lab.yaml:4:1  duplicate_key',
      '"title" is there twice',
    ],
    [
      'two documents',
      'apiVersion: lab/v1',
      'a: 1\n---\napiVersion: lab/v1',
      'lab.yaml:2:1  yaml_many_documents',
      'one document',
    ],
    ['a custom tag', 'title: Two hosts', 'title: !!js/function "x"', 'lab.yaml:3:8  yaml_invalid', 'tag'],
    ['YAML that does not parse', 'title: Two hosts', 'title: "Two hosts', 'lab.yaml:3:18  yaml_invalid', 'quote'],
    [
      'no system',
      correct.slice(correct.indexOf('systems:')),
      'systems: []\n',
      'lab.yaml:18:10 systems too_small',
      'at least 1 entry',
    ],
  ])('names the place of %s', (_, before, after, place, message) => {
    const { diagnostics, lab } = findings(before, after);
    const found = diagnostics.find((diagnostic) => where(diagnostic) === place);
    expect(found, diagnostics.map((each) => `${where(each)} ${each.message}`).join('\n')).toBeDefined();
    expect(found?.message).toContain(message);
    expect(lab).toBeUndefined();
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
      .replace('presets:', 'kubernetes: { objects: [{ kind: Secret }] }\npresets:');
    const files = filesOf(sampleLab({ 'lab.yaml': lab }));
    expect(checkFolder(files, { images, allowReferences: true, allowKubernetesObjects: true }).diagnostics).toEqual([]);
    expect(checkFolder(files).diagnostics).toEqual([]);
  });

  it('refuses aliases that explode, without unfolding them', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[index]}`).join(',')}]`)
      .join('\n')}\n`;
    const started = performance.now();
    expect(checkFolder(filesOf({ 'lab.yaml': bomb })).diagnostics).toMatchObject([{ code: 'yaml_refused' }]);
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

  it('warns of what is likely a mistake, and still gives the lab', () => {
    const { diagnostics, lab } = findings('kind: terminal }', 'kind: terminal, command: [echo, "{{ flag }}"] }', {
      'files/readme.txt': '{{ flagg }} {% if x %}{{ .Go.Template }}',
    });
    expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning unknown_variable',
      'warning variable_not_replaced',
    ]);
    expect(lab).toBeDefined();
  });
});
