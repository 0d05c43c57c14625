import { describe, expect, it } from 'vitest';
import { refreshCookieFor } from './refresh-cookie.js';

describe('refreshCookieFor', () => {
  it.each([
    ['https://labs.example.org', '__Host-lab-refresh', true],
    ['http://localhost:8080', '__Host-lab-refresh', true],
    ['http://labs.test:8080', 'lab-refresh', false],
  ])('%s: %s', (url, name, secure) => {
    const cookie = refreshCookieFor(url);
    expect(cookie.name).toBe(name);
    expect(cookie.options).toEqual({ path: '/', httpOnly: true, sameSite: 'strict', secure });
  });
});
