import { describe, expect, it } from 'vitest';
import { requireSameOrigin } from './same-origin.js';

const publicUrl = 'https://labs.example.org';

describe('requireSameOrigin', () => {
  it.each([
    [{ origin: publicUrl }],
    [{ origin: publicUrl, 'sec-fetch-site': 'same-origin' }],
    [{}],
    [{ 'sec-fetch-site': 'none' }],
  ])('lets %j pass', (headers) => {
    expect(() => requireSameOrigin(headers, publicUrl)).not.toThrow();
  });

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'http://labs.example.org' }],
    [{ origin: 'https://labs.example.org:8443' }],
    [{ origin: 'https://labs.example.org.evil.example' }],
    [{ origin: 'https://x.apps.labs.example.org' }],
    [{ origin: 'null' }],
    [{ origin: '' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: publicUrl, 'sec-fetch-site': 'cross-site' }],
  ])('refuses %j', (headers) => {
    expect(() => requireSameOrigin(headers, publicUrl)).toThrow(/own pages/);
  });
});
