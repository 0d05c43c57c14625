import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aptSources } from './apt-sources.mjs';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'apt-'));
  mkdirSync(join(dir, 'sources.list.d'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFileSync(join(dir, name), text);

it('takes the Debian suites of both formats and leaves third parties and other releases out', async () => {
  put(
    'sources.list',
    'deb [arch=amd64] http://one.test/debian bookworm main contrib # note\ndeb-src http://one.test/debian bookworm main\n',
  );
  put(
    'sources.list.d/b.sources',
    `Types: deb
# URIs: http://old.test/
URIs: http://two.test/debian
Suites: bookworm-updates bookworm-backports
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
Enabled: no
URIs: http://three.test/debian
Suites: bookworm
Components: main
`,
  );
  put('sources.list.d/vendor.list', 'deb [signed-by=/etc/keys/vendor.gpg] http://vendor.test/ bookworm main\n');
  put('sources.list.d/ignored.bak', 'deb http://backup.test/ bookworm main\n');
  expect(await aptSources(dir)).toBe(
    'deb http://one.test/debian bookworm main\n' +
      'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://two.test/debian bookworm-updates main\n',
  );
});

it('knows no sources on a machine with another release', async () => {
  put('sources.list', 'deb http://one.test/ubuntu noble main\n');
  expect(await aptSources(dir)).toBeUndefined();
});
