import { expect, it } from 'vitest';
import { engineFolder, engineFolders, runFolder } from './engine-folders.js';

it('keeps everything below the data folder where its path is short', () => {
  expect(engineFolders('/srv/labs')).toEqual(['/srv/labs/engine', '/srv/labs/engine/run']);
});

it.each([50, 51, 200])('names a folder that Podman takes where the own one has %i letters', (letters) => {
  const dataDir = `/${'d'.repeat(letters - '//engine/run'.length)}`;
  const run = runFolder(engineFolder(dataDir));
  expect(run.length).toBeLessThanOrEqual(50);
  expect(run === `${dataDir}/engine/run`).toBe(letters === 50);
});

it('counts bytes, as Podman does', () => {
  expect(runFolder(`/${'ä'.repeat(24)}`)).not.toContain('ä');
});

it('names another one for each data folder, and always the same', () => {
  const [here, there] = ['a', 'b'].map((letter) => engineFolder(`/${letter.repeat(60)}`));
  expect(runFolder(here ?? '')).toBe(runFolder(here ?? ''));
  expect(runFolder(here ?? '')).not.toBe(runFolder(there ?? ''));
});
