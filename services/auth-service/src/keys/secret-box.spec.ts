import { describe, expect, it } from 'vitest';
import { SecretBox } from './secret-box.js';

const secret = 'a secret of at least 32 characters';

describe('SecretBox', () => {
  const box = new SecretBox(secret);

  it('gives back what it encrypted', () => {
    expect(new SecretBox(secret).decrypt(box.encrypt('{"d":"ünïcode"}'))).toBe('{"d":"ünïcode"}');
  });

  it('never encrypts the same text to the same bytes', () => {
    expect(box.encrypt('same').equals(box.encrypt('same'))).toBe(false);
  });

  it('refuses another secret and changed bytes', () => {
    const encrypted = box.encrypt('text');
    expect(() => new SecretBox(`${secret}!`).decrypt(encrypted)).toThrow();
    encrypted[encrypted.length - 1] = (encrypted.at(-1) ?? 0) ^ 1;
    expect(() => box.decrypt(encrypted)).toThrow();
  });

  it('derives the same text again, and another one with another secret', () => {
    expect(box.derive('a')).toBe(new SecretBox(secret).derive('a'));
    expect(box.derive('a')).not.toBe(box.derive('b'));
    expect(box.derive('a')).not.toBe(new SecretBox(`${secret}!`).derive('a'));
  });
});
