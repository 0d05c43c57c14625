import { describe, expect, it } from 'vitest';
import { checkInstance } from './instance.js';

const refused = ['', 'A', 'Main', '1a', '1st', 'a'.repeat(21), 'a-', 'a_b', 'a b', 'a"; drop'];

describe('the name of an installation', () => {
  it.each(refused)('"%s" is refused', (instance) => {
    expect(() => checkInstance(instance)).toThrow(TypeError);
    expect(() => checkInstance(instance)).toThrow(/1-20 lower-case/);
  });

  it.each(['a', 'main', 't12345', 'my-lab-1', 'a'.repeat(20)])('"%s" is taken', (instance) => {
    expect(checkInstance(instance)).toBe(instance);
  });
});
