import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { AardvarkNames } from './aardvark-names.js';
import { parseRange } from './subnets.js';

it('starts no name server when names are taken away: it would have none, and stay', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-names-'));
  try {
    const [program, started] = [join(folder, 'server'), join(folder, 'started')];
    await writeFile(program, `#!/bin/sh\ntouch ${started}\n`, { mode: 0o755 });
    const network = {
      network: 'lan',
      engineNetwork: 'lab-names-spec',
      bridge: 'labnone0',
      subnet: parseRange('10.201.0.0/26'),
      gateway: '10.201.0.1',
      internet: false,
    };
    await new AardvarkNames(program, folder).withdraw('a-session', [network]);
    await sleep(300);
    expect(existsSync(started)).toBe(false);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
