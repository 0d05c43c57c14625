import { describe, expect, it } from 'vitest';
import { securityHeaders } from './security-headers.js';

const policyFor = (publicUrl: string, consoleOrigins: string[] = []) => {
  const { contentSecurityPolicy } = securityHeaders({ publicUrl, appsDomain: 'apps.example.net', consoleOrigins });
  return typeof contentSecurityPolicy === 'object' ? contentSecurityPolicy.directives : undefined;
};

describe('securityHeaders', () => {
  it.each([
    ['http://localhost:8080', 'ws://localhost:8080', 'http://*.apps.example.net:8080'],
    ['https://labs.example.org', 'wss://labs.example.org', 'https://*.apps.example.net'],
  ])('%s may open %s and frame %s', (publicUrl, webSocket, apps) => {
    expect(policyFor(publicUrl)?.connectSrc).toEqual(["'self'", webSocket]);
    expect(policyFor(publicUrl)?.frameSrc).toEqual([apps]);
  });

  it('never allows inline script or eval', () => {
    expect(policyFor('https://labs.example.org')?.scriptSrc).toEqual(["'self'"]);
  });

  it('adds consoles on an origin of their own', () => {
    expect(policyFor('https://labs.example.org', ['wss://consoles.example.org'])?.connectSrc).toContain(
      'wss://consoles.example.org',
    );
  });

  it('asks for https for ever only where there is https', () => {
    const rules = { appsDomain: 'a', consoleOrigins: [] };
    expect(securityHeaders({ ...rules, publicUrl: 'http://localhost:8080' }).strictTransportSecurity).toBe(false);
    expect(securityHeaders({ ...rules, publicUrl: 'https://x' }).strictTransportSecurity).toEqual({
      maxAge: 31_536_000,
    });
  });
});
