import { describe, expect, it } from 'vitest';
import { acceptCorrelationId, currentContext, currentCorrelationId, inContext } from './call-context.js';
import { createLogger, type LogLevel } from './create-logger.js';
import { NestLogger } from './nest-logger.js';

function logger(level: LogLevel = 'info') {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const pino = createLogger({ service: 'spec', level, destination });
  return { pino, nest: new NestLogger(pino), lines, last: () => JSON.parse(lines.at(-1) ?? 'null') };
}

describe('a log entry', () => {
  it('is one line of JSON with service, level, context and text', () => {
    const { nest, lines, last } = logger();
    nest.log({ sessionId: 's1' }, 'two\nlines', 'Sessions');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toContain('\n');
    expect(last()).toMatchObject({
      service: 'spec',
      level: 'info',
      context: 'Sessions',
      sessionId: 's1',
      msg: 'two\nlines',
    });
  });

  it('keeps the stack of an error', () => {
    const { nest, last } = logger();
    nest.error(new Error('broken'), 'Sessions');
    expect(last()).toMatchObject({
      level: 'error',
      context: 'Sessions',
      msg: 'broken',
      err: { stack: expect.stringContaining('spec.ts') },
    });
    nest.error({ err: new Error('inner') }, 'text', 'Sessions');
    expect(last()).toMatchObject({ msg: 'text', err: { message: 'inner' } });
  });

  it('carries the id of the call it belongs to', async () => {
    const { nest, last } = logger();
    await inContext({ correlationId: 'request-1' }, async () => {
      await Promise.resolve();
      nest.warn('x', 'C');
    });
    expect(last()).toMatchObject({ level: 'warn', correlationId: 'request-1' });
    nest.warn('x', 'C');
    expect(last()).not.toHaveProperty('correlationId');
  });

  it('below the level is not written', () => {
    const { nest, lines } = logger('warn');
    nest.log('x', 'C');
    nest.debug('x', 'C');
    nest.verbose('x', 'C');
    expect(lines).toEqual([]);
  });

  it.each([
    'password',
    'token',
    'refreshToken',
    'ticket',
    'authorization',
    'cookie',
    'set-cookie',
    'clientSecret',
    'loginToken',
  ])('never shows a %s', (field) => {
    const { nest, lines } = logger();
    nest.log({ [field]: 'hunter2' }, 'x', 'C');
    nest.log({ body: { [field]: 'hunter2' } }, 'x', 'C');
    nest.log({ request: { headers: { [field]: 'hunter2' } } }, 'x', 'C');
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toContain('hunter2');
  });
});

describe('the call context', () => {
  it('is none outside a call, where every id is new', () => {
    expect(currentContext()).toBeUndefined();
    expect(currentCorrelationId()).not.toBe(currentCorrelationId());
  });

  it.each([undefined, '', 'short', 'has space in it', 'new\nline-id', 'x'.repeat(129)])('replaces the id %j', (id) => {
    expect(acceptCorrelationId(id)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
