import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../folder/temporary-folder.js';
import { asAnotherUser } from './unprivileged.js';

it.skipIf(process.getuid?.() !== 0)('another user keeps data below a folder that only root may enter', async () => {
  const home = temporaryFolder('home');
  onTestFinished(home.remove);
  const data = join(home.path, 'data');
  mkdirSync(data);
  const { wrapper } = await asAnotherUser(data);
  const [program = '', ...args] = [...wrapper, 'sh', '-c', `touch ${data}/row && id -u`];
  expect(Number(execFileSync(program, args, { encoding: 'utf8' }))).toBeGreaterThan(0);
});
