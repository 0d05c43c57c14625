import { expect, it } from 'vitest';
import { bytesQuantity, cpuQuantity, numberOf } from './quantity.js';

it.each([
  ['100m', 0.1],
  ['2', 2],
  ['1.5', 1.5],
  ['1Gi', 2 ** 30],
  ['64Mi', 2 ** 26],
  ['1G', 1e9],
  ['1e3', 1000],
  ['12E', 12e18],
  ['128974848', 128_974_848],
  [undefined, 0],
  [3, 3],
])('reads %s', (quantity, number) => {
  expect(numberOf(quantity)).toBeCloseTo(number);
});

it.each(['', 'x', '1Zi', 'Mi', '1 Gi'])('does not read "%s"', (quantity) => {
  expect(numberOf(quantity)).toBeNaN();
});

it('writes what it reads', () => {
  expect([cpuQuantity(0.1), cpuQuantity(0.05 * 0.1), cpuQuantity(2)]).toEqual(['100m', '5m', '2000m']);
  expect(bytesQuantity(64.2)).toBe('65');
});
