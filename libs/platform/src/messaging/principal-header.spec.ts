import type { Principal } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { readPrincipal, writePrincipal } from './principal-header.js';

const principal: Principal = {
  userId: '0b0e9f3c-6f0c-4a56-9a43-0f2f5f6d1c11',
  username: 'ana',
  displayName: 'Ána “Ñandú” 🚀\nBcc: x',
  role: 'lecturer',
  via: 'token',
  scopes: ['sessions:read'],
};

describe('the principal header', () => {
  it('is one line of ASCII, and comes back as it was', () => {
    const header = writePrincipal(principal);
    expect(header).toMatch(/^[\x20-\x7e]+$/);
    expect(readPrincipal(header)).toEqual(principal);
  });

  it('is nobody when it is missing, and an error when it is broken', () => {
    expect([readPrincipal(undefined), readPrincipal('')]).toEqual([undefined, undefined]);
    expect(() => readPrincipal('{"role":"admin"}')).toThrow();
    expect(() => readPrincipal('admin')).toThrow();
  });
});
