import { expect, it } from 'vitest';
import { VariablesCipher } from './variables-cipher.js';

const cipher = new VariablesCipher({ LAB_SESSION_SECRET: 'one secret of at least 32 characters' });
const values = { flag: 'f1a9c0de', password: 'pä"ss' };

it('opens what it sealed, and seals it differently each time', () => {
  const sealed = cipher.seal('session', values);
  expect(cipher.open('session', sealed)).toEqual(values);
  expect(cipher.seal('session', values)).not.toEqual(sealed);
  expect(sealed.includes('f1a9c0de')).toBe(false);
});

it('does not open for another session, another secret, or when it was changed', () => {
  const sealed = cipher.seal('session', values);
  expect(() => cipher.open('other', sealed)).toThrow();
  expect(() =>
    new VariablesCipher({ LAB_SESSION_SECRET: 'another secret of 32 characters!' }).open('session', sealed),
  ).toThrow();
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  expect(() => cipher.open('session', sealed)).toThrow();
});
