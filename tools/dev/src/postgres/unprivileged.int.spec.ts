import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../folder/temporary-folder.js';
import { asAnotherUser, unprivileged } from './unprivileged.js';

const answer = (command: string[]) => {
  const [program = '', ...args] = command;
  return execFileSync(program, args, { encoding: 'utf8' }).trim();
};
const idOf = (flag: string) => Number(answer(['id', flag, 'postgres']));

/** Only root may enter the folder above. */
function dataFolder(): string {
  const home = temporaryFolder('home');
  onTestFinished(home.remove);
  const data = join(home.path, 'data');
  mkdirSync(data);
  return data;
}

describe.skipIf(process.getuid?.() !== 0)('a program that refuses to be root', () => {
  it('sees itself as a user that the machine knows, and keeps data below a folder of root', async () => {
    const data = dataFolder();
    const { wrapper } = await unprivileged(data);
    expect(answer([...wrapper, 'sh', '-c', `touch ${data}/row && id -un`])).toBe('postgres');
  });

  it('does so as another user where there are no user namespaces', async () => {
    const data = dataFolder();
    const { wrapper } = await asAnotherUser(data, idOf('-u'), idOf('-g'));
    expect(answer([...wrapper, 'sh', '-c', `touch ${data}/row && id -un`])).toBe('postgres');
  });
});
