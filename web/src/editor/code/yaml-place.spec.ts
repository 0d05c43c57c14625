// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { yamlPlace } from './yaml-place.js';

/** `|` is the cursor. */
const placeIn = (text: string) => {
  const place = yamlPlace(text.replace('|', ''), text.indexOf('|'));
  return place && { ...place, path: place.path.join('.'), siblings: Object.fromEntries(place.siblings) };
};

describe('yamlPlace', () => {
  it.each([
    ['a key at the top', 'id: a\nti|', '', 'key', 'ti', { id: 'a' }],
    ['a value at the top', 'level: be|', 'level', 'value', 'be', {}],
    ['a key in a map', 'session:\n  idle: 3m\n  pau|\nsystems: []', 'session', 'key', 'pau', { idle: '3m' }],
    ['the first key of an entry', 'systems:\n  - na|', 'systems.0', 'key', 'na', {}],
    ['an entry as far left as its list', 'systems:\n- name: a\n  ki|', 'systems.0', 'key', 'ki', { name: 'a' }],
    [
      'what stands below counts, the next entry does not',
      'systems:\n  - name: a\n    |\n    kind: vm\n  - name: b\n    image: x',
      'systems.0',
      'key',
      '',
      { name: 'a', kind: 'vm' },
    ],
    ['a second entry', 'systems:\n  - name: a\n    kind: vm\n  - |', 'systems.0', 'key', '', {}],
    [
      'deeper',
      'systems:\n  - name: a\n    access:\n      - name: x\n        ki|',
      'systems.0.access.0',
      'key',
      'ki',
      { name: 'x' },
    ],
    [
      'a map in braces',
      'systems:\n  - access:\n      - { name: shell, ki|',
      'systems.0.access.0',
      'key',
      'ki',
      { name: 'shell' },
    ],
    [
      'its value',
      'systems:\n  - access:\n      - { name: shell, kind: te|',
      'systems.0.access.0.kind',
      'value',
      'te',
      { name: 'shell' },
    ],
    ['a list in brackets', 'systems:\n  - networks: [lan, d|', 'systems.0.networks.0', 'value', 'd', {}],
    ['braces in braces', 'session: { extend: { by: 3m, ti|', 'session.extend', 'key', 'ti', { by: '3m' }],
    [
      'behind comments and blank lines',
      'session:\n  # how long\n\n  idle: 3m\n\n  |',
      'session',
      'key',
      '',
      { idle: '3m' },
    ],
  ])('knows %s', (_, text, path, role, word, siblings) => {
    expect(placeIn(text)).toMatchObject({ path, role, word, siblings });
  });

  it.each([
    ['a comment', 'id: a # te|'],
    [
      'a text of several lines',
      'systems:\n  - cloudInit:\n      userData: |\n        us|'.replace('userData: |', 'userData: >'),
    ],
    ['the end of a closed map', 'session: { idle: 3m }|'],
    ['a key without its blank', 'level:|'],
  ])('has nothing in %s', (_, text) => {
    expect(placeIn(text)).toBeUndefined();
  });
});
