import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.ts';

const parse = (...args: string[]) => parseOptions(args, '/checkout', '/home/me');

describe('parseOptions', () => {
  it('starts on port 8080 with the data in the checkout', () => {
    expect(parse()).toEqual({
      command: 'start',
      dataDir: '/checkout/.data',
      port: 8080,
      reset: false,
      yes: false,
      json: false,
      images: [],
    });
  });

  it.each([
    [['--data', 'here'], { dataDir: '/home/me/here' }],
    [['--data', '/srv/lab'], { dataDir: '/srv/lab' }],
    [['--port', '0'], { port: 0 }],
    [['--port=9000', '--json'], { port: 9000, json: true }],
    [['--images', 'terminal,small-vm'], { images: ['terminal', 'small-vm'] }],
    [['--reset', '-y'], { reset: true, yes: true }],
    [['--clean'], { command: 'clean' }],
    [['--help', '--clean'], { command: 'help' }],
  ])('reads %j', (args, expected) => {
    expect(parse(...args)).toMatchObject(expected);
  });

  it.each([[['--port', 'http']], [['--port', '70000']], [['--port', '-1']], [['--prot', '1']], [['now']]])(
    'refuses %j with advice',
    (args) => {
      expect(() => parse(...args)).toThrow(expect.objectContaining({ name: 'Advice' }));
    },
  );
});
