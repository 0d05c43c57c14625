import { SessionSpec } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkFolder } from '../check/check-folder.js';
import { filesOf, sampleLab } from '../testing/sample-lab.js';
import { fillInYaml } from './cloud-init.js';
import { forgeCredentials, forgeSessionSpec, type SessionFacts } from './session-spec.js';
import { fillIn } from './template.js';
import { makeVariables, refusedVariables } from './variables.js';

const files = filesOf(sampleLab());
const { lab } = checkFolder(files);
if (!lab) throw new Error('the sample lab is correct');
const facts: SessionFacts = {
  sessionId: '5f0f0a3c-7f43-4a4b-9d47-0a52f1b0c0de',
  generation: 3,
  user: { id: '0b6f5ad2-93cb-4a55-8d3a-3a6a6f9a5b11', name: 'Ada' },
  variables: { flag: 'f1a9', server_password: 'pässword"\'', greeting: 'hello' },
};
const image = (name: string, kind: 'container' | 'disk') =>
  ({ id: name, name, kind, source: { kind: 'container', reference: name } }) as const;
const text = (base64 = '') => Buffer.from(base64, 'base64').toString();

describe('forgeSessionSpec', () => {
  const spec = forgeSessionSpec(lab, facts, { image, files });
  const [attacker, server] = spec.systems;

  it('makes what the contract asks for, the same every time', () => {
    expect(SessionSpec.parse(spec)).toEqual(spec);
    expect(forgeSessionSpec(lab, facts, { image, files })).toEqual(spec);
    expect(spec).toMatchObject({
      sessionId: facts.sessionId,
      generation: 3,
      networks: [
        { name: 'lan', internet: false },
        { name: 'dmz', internet: true },
      ],
    });
  });

  it.each([
    ['', true, undefined],
    ['pause: true', true, undefined],
    ['pause: false', false, undefined],
    ['pause: hibernate', true, 'hibernate'],
  ])('passes on how machines are paused: %s', (line, mayPause, pause) => {
    const yaml = (sampleLab()['lab.yaml'] ?? '').replace('  idle: 30m', `  idle: 30m\n  ${line}`);
    const { lab: paused } = checkFolder(filesOf(sampleLab({ 'lab.yaml': yaml })));
    expect(paused?.rules.pause).toBe(mayPause);
    expect(paused && forgeSessionSpec(paused, facts, { image, files }).pause).toBe(pause);
  });

  it('merges presets and fills in defaults', () => {
    expect(attacker).toMatchObject({
      title: 'Your workstation',
      cpus: 0.25,
      memoryBytes: 128 * 2 ** 20,
      root: false,
      ready: { timeoutS: 120 },
    });
    expect(server).toMatchObject({
      title: 'server',
      cpus: 1,
      memoryBytes: 256 * 2 ** 20,
      firmware: 'bios',
      runStrategy: 'always',
    });
  });

  it('replaces variables in environment, files and cloud-init, and shows no login', () => {
    if (attacker?.kind !== 'container' || server?.kind !== 'vm') throw new Error('the kinds are those of the lab');
    expect(attacker.environment).toEqual({ TARGET: 'server', FLAG: 'f1a9' });
    expect(attacker.files.map(({ path, contentBase64, mode }) => [path, text(contentBase64), mode])).toEqual([
      ['/home/lab/readme.txt', 'Welcome Ada', '0644'],
      ['/home/lab/hello.txt', 'hello Ada', '0644'],
    ]);
    expect(server.cloudInit?.userData).toMatch(/^#cloud-config\n/);
    expect(parse(server.cloudInit?.userData ?? '')).toEqual({
      users: [{ name: 'lab', plain_text_passwd: 'pässword"\'', lock_passwd: false }],
    });
    expect(server).not.toHaveProperty('credentials');
    expect(server.disks).toMatchObject([
      { kind: 'image', image: { id: 'small-vm' }, sizeBytes: 4 * 2 ** 30 },
      { kind: 'empty', sizeBytes: 2 ** 30, bus: 'sata' },
    ]);
  });

  it('shows the login to those who ask for it', () => {
    const system = lab.systems.find(({ name }) => name === 'server');
    expect(system && forgeCredentials(system, facts)).toEqual({ username: 'lab', password: 'pässword"\'' });
  });

  it('passes the Kubernetes objects of an admin as they are, and says nothing where there are none', () => {
    const note = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'note' },
      data: { a: '{{ flag }}' },
    } as const;
    const withObjects = forgeSessionSpec({ ...lab, kubernetesObjects: [note] }, facts, { image, files });
    expect(SessionSpec.parse(withObjects)).toEqual({ ...spec, kubernetesObjects: [note] });
    expect(spec).not.toHaveProperty('kubernetesObjects');
  });

  it('passes files that are no text byte by byte', () => {
    const bytes = Uint8Array.of(0xff, 0x7b, 0x7b, 0x20, 0x66, 0x7d, 0x7d, 0x00);
    const binary = forgeSessionSpec(lab, facts, { image, files: new Map([['files/readme.txt', bytes]]) }).systems[0];
    if (binary?.kind !== 'container') throw new Error('the first system is a container');
    expect(Buffer.from(binary.files[0]?.contentBase64 ?? '', 'base64')).toEqual(Buffer.from(bytes));
  });
});

describe('fillIn', () => {
  const lookup = (name: string) =>
    new Map([
      ['a', '{{ b }}'],
      ['b', 'B'],
      ['x.y', '$& $1'],
    ]).get(name);
  it.each([
    ['{{ a }}', '{{ b }}'],
    ['{{a}}{{ b}}', '{{ b }}B'],
    ['{{ x.y }}', '$& $1'],
    ['{{ unknown }} {{}} {b} }}', '{{ unknown }} {{}} {b} }}'],
  ])('replaces once, as text: %s', (template, expected) => {
    expect(fillIn(template, lookup)).toBe(expected);
  });
});

describe('S9: hostile values in cloud-init', () => {
  const template = `#cloud-config
plain: {{value}}x
quoted: "{{ value }}"
single: '{{ value }}'
block: |
  line
  {{ value }}
folded: >-
  {{ value }}
list: [a, "{{ value }}"]
`.replace('{{value}}x', 'x{{ value }}');
  const pieces = [
    '"',
    "'",
    '\n',
    '\r',
    '\t',
    ' ',
    ':',
    '#',
    '- ',
    '!!js ',
    '&a',
    '*a',
    '{',
    '}',
    '[',
    ']',
    '|',
    '>',
    '%',
    '@',
    '`',
    '\\',
    '\u0000',
    '\u2028',
    '\u0085',
    '\ufeff',
    'é',
    '😀',
    '---\n',
    '...\n',
    'x',
    '{{ value }}',
    '~',
    'yes',
    '1e3',
  ];
  const random = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;

  it('stay one string each, in 10,000 random cases', { timeout: 120_000 }, () => {
    const next = random(20_240_607);
    const short = '#cloud-config\nquoted: "{{ value }}"\nplain: x{{ value }}\n';
    const wrong: string[] = [];
    for (let index = 0; index < 10_000; index += 1) {
      const length = 1 + Math.floor(next() * 6);
      const value = Array.from({ length }, () => pieces[Math.floor(next() * pieces.length)]).join('');
      const everywhere = index % 50 === 0;
      const filled = fillInYaml(everywhere ? template : short, (name) => (name === 'value' ? value : undefined));
      const plain = { plain: `x${value}`, quoted: value };
      const expected = everywhere
        ? { ...plain, single: value, block: `line\n${value}\n`, folded: value, list: ['a', value] }
        : { quoted: value, plain: `x${value}` };
      if (JSON.stringify(parse(filled)) !== JSON.stringify(expected)) wrong.push(value);
    }
    expect(wrong).toEqual([]);
  });
});

describe('variables', () => {
  it.each([
    [{ generate: 'hex', length: 15, secret: true }, /^[0-9a-f]{15}$/],
    [{ generate: 'password', length: 20, secret: true }, /^[a-km-zA-HJ-NP-Z2-9]{20}$/],
    [{ generate: 'number', length: 6, secret: false }, /^[1-9][0-9]{5}$/],
    [{ generate: 'number', length: 1, secret: false }, /^[0-9]$/],
    [{ generate: 'uuid', length: 16, secret: false }, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ] as const)('are generated: %j', (variable, pattern) => {
    const values = new Set(Array.from({ length: 50 }, () => makeVariables({ v: variable })['v']));
    for (const value of values) expect(value).toMatch(pattern);
    expect(values.size).toBeGreaterThan(variable.length > 1 ? 45 : 1);
  });

  it('can be given where the lab gives a value that is no secret', () => {
    expect(makeVariables(lab.variables, { greeting: 'hi' })['greeting']).toBe('hi');
    expect(refusedVariables(lab.variables, { greeting: 'hi', flag: 'x', toString: 'x', nothing: 'x' })).toEqual([
      'flag',
      'toString',
      'nothing',
    ]);
  });
});
