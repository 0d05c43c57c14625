import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { seedFiles } from './cloud-init.js';
import { vm } from './testing/vm-lab.js';

const sessionId = '0190163d-8694-739b-aea5-966c26f8ad90';
const cloudInit = { userData: '#cloud-config\nusers: []\n' };

describe('a NoCloud seed', () => {
  it('is made only for labs that ask for one', () => {
    expect(seedFiles(sessionId, vm('server'))).toEqual({});
  });

  it('passes the user data as it is and names the host', () => {
    const seed = seedFiles(sessionId, vm('server', { cloudInit }));
    expect(Object.keys(seed)).toEqual(['user-data', 'meta-data']);
    expect(seed['user-data']).toBe(cloudInit.userData);
    expect(parse(seed['meta-data'] ?? '')).toEqual({
      'instance-id': expect.stringMatching(/^i-[0-9a-f]{17}$/),
      'local-hostname': 'server',
    });
  });

  it('has network data only where the lab gives some', () => {
    expect(
      seedFiles(sessionId, vm('server', { cloudInit: { ...cloudInit, networkData: 'version: 2\n' } }))[
        'network-config'
      ],
    ).toBe('version: 2\n');
    expect(seedFiles(sessionId, vm('server', { cloudInit: { ...cloudInit, networkData: '' } }))).not.toHaveProperty(
      'network-config',
    );
  });

  it('keeps its instance over restarts and shares it with nobody', () => {
    const id = (session: string, name: string) => seedFiles(session, vm(name, { cloudInit }))['meta-data'];
    expect(id(sessionId, 'server')).toBe(id(sessionId, 'server'));
    const others = [id(sessionId, 'other'), id('0190163d-8694-739b-aea5-966c26f8ad91', 'server')];
    expect(new Set([id(sessionId, 'server'), ...others]).size).toBe(3);
  });
});
