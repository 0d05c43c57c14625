import { describe, expect, it } from 'vitest';
import { importChanges } from './builtin-image.js';
import { consoleUser } from './container-user.js';
import { readState } from './read-facts.js';

describe('readState', () => {
  it.each([
    ['running', 'running'],
    ['configured', 'created'],
    ['stopped', 'exited'],
    ['something new', 'dead'],
  ])('%s is %s', (state, expected) => {
    expect(readState(state)).toBe(expected);
  });
});

describe('consoleUser', () => {
  it.each([
    [undefined, false, undefined],
    ['lab', false, '1000:1000'],
    ['1001', false, '1001'],
    ['1001:5', false, '1001:5'],
    ['root', true, 'root'],
  ])('%s (user namespace: %s) is %s', (wanted, hasUserNamespace, expected) => {
    expect(consoleUser(wanted, hasUserNamespace)).toBe(expected);
  });

  it.each(['root', '0', '00', '0:0', 'daemon', '-1', '1000; id', ''])(
    'refuses "%s" without a user namespace',
    (wanted) => {
      expect(() => consoleUser(wanted, false)).toThrow(expect.objectContaining({ code: 'invalid_spec' }));
    },
  );
});

describe('importChanges', () => {
  it('writes instructions as engines take them', () => {
    const config = {
      user: '1000:1000',
      workingDir: '/home/lab',
      env: { A: '1', B: '2' },
      cmd: ['sleep', 'infinity'],
      entrypoint: ['/usr/bin/tini', '--'],
    };
    expect(importChanges(config)).toEqual([
      'USER 1000:1000',
      'WORKDIR /home/lab',
      'ENV A=1',
      'ENV B=2',
      'ENTRYPOINT ["/usr/bin/tini","--"]',
      'CMD ["sleep","infinity"]',
    ]);
  });
});
