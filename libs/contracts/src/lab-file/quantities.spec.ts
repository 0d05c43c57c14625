import { describe, expect, it } from 'vitest';
import { Duration, parseDuration, parseSize, Size } from './quantities.js';

describe('parseSize', () => {
  it.each<[string, number]>([
    ['1', 1],
    ['512', 512],
    ['1k', 1_000],
    ['1Ki', 1_024],
    ['256Mi', 256 * 2 ** 20],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['0.5Ki', 512],
    ['007M', 7e6],
    ['2G', 2e9],
    ['1T', 1e12],
    ['1Ti', 2 ** 40],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['8191Ti', 8191 * 2 ** 40],
  ])('gives the bytes of %s', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
    expect(Size.parse(text)).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['no bytes', '0'],
    ['no bytes of a unit', '0Gi'],
    ['less than a byte', '0.4'],
    ['a negative number', '-1Gi'],
    ['a sign', '+1Gi'],
    ['a unit beyond those of labs', '1Ei'],
    ['a unit that is none', '1Gb'],
    ['a unit in the wrong case', '1gi'],
    ['a unit that every object has', '1constructor'],
    ['a unit alone', 'Gi'],
    ['one byte too many to count', '9007199254740992'],
    ['too many units to count', '8192Ti'],
    ['a number without end', '9'.repeat(400)],
    ['an exponent', '1e3'],
    ['another base', '0x10'],
    ['a point without digits', '1.Gi'],
    ['a comma', '1,5Gi'],
    ['digits of another script', '\u0661Gi'],
    ['a space between', '1 Gi'],
    ['a line behind', '1Gi\n'],
    ['words', 'much'],
  ])('does not take %s', (_, text) => {
    expect(parseSize(text)).toBeUndefined();
    expect(Size.safeParse(text).error?.issues).toMatchObject([{ message: 'expected a size such as 256Mi or 4Gi' }]);
  });
});

describe('parseDuration', () => {
  it.each<[string, number]>([
    ['1s', 1],
    ['90s', 90],
    ['45m', 2_700],
    ['2h', 7_200],
    ['1d', 86_400],
    ['1h30m', 5_400],
    ['1d2h3m4s', 93_784],
    ['0h5m', 300],
    ['9007199254740991s', Number.MAX_SAFE_INTEGER],
  ])('gives the seconds of %s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
    expect(Duration.parse(text)).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['no number of anything', '0'],
    ['no time', '0s'],
    ['no time of several units', '0h0m'],
    ['a number without unit', '30'],
    ['a number without unit behind', '1h30'],
    ['a negative number', '-5m'],
    ['a fraction', '1.5h'],
    ['a unit that is none', '5w'],
    ['a unit in the wrong case', '5M'],
    ['parts of a second', '100ms'],
    ['a unit alone', 'h'],
    ['one second too many to count', '9007199254740992s'],
    ['too many days to count', `${'9'.repeat(12)}d`],
    ['too much together', '1m9007199254740991s'],
    ['a unit twice', '1m1m'],
    ['a larger unit behind', '1m1h'],
    ['a number without end', `${'9'.repeat(400)}d`],
    ['a space between', '1h 30m'],
    ['a line behind', '1h\n'],
    ['words', 'two hours'],
  ])('does not take %s', (_, text) => {
    expect(parseDuration(text)).toBeUndefined();
    expect(Duration.safeParse(text).error?.issues).toMatchObject([{ message: expect.stringContaining('1h30m') }]);
  });
});
