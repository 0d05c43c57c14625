import { describe, expect, it } from 'vitest';
import { LineSplitter, prefixed, sentenceOf } from './log-line.ts';

describe('sentenceOf', () => {
  it.each([
    ['information stays in the file', '{"level":"info","msg":"listening"}', undefined],
    ['a warning is shown', '{"level":"warn","msg":"Redis is slow"}', 'Redis is slow'],
    ['with its cause', '{"level":"error","msg":"Cannot start","err":{"message":"no table"}}', 'Cannot start: no table'],
    ['a cause is not said twice', '{"level":"error","msg":"no table","err":{"message":"no table"}}', 'no table'],
    ['a cause alone', '{"level":"error","error":"out of memory"}', ': out of memory'],
    ['plain text is shown', 'Segmentation fault', 'Segmentation fault'],
    ['half a JSON line is shown', '{"level":', '{"level":'],
    ['nothing is nothing', '  ', undefined],
  ])('%s', (_, line, expected) => {
    expect(sentenceOf(line)).toBe(expected);
  });
});

describe('prefixed', () => {
  it('names the service and keeps more lines below each other', () => {
    expect(prefixed('gateway', 9, 'one\ntwo')).toBe('gateway   │ one\n          │ two');
  });
});

describe('LineSplitter', () => {
  it('waits for the end of a line', () => {
    const lines = new LineSplitter();
    expect(lines.push(Buffer.from('one\ntw'))).toEqual(['one']);
    expect(lines.push(Buffer.from('o\n\nth'))).toEqual(['two', '']);
  });

  it('keeps a letter together that two chunks share', () => {
    const lines = new LineSplitter();
    const bytes = Buffer.from('für\n');
    expect(lines.push(bytes.subarray(0, 2))).toEqual([]);
    expect(lines.push(bytes.subarray(2))).toEqual(['für']);
  });
});
