import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout } from '../../setup/checkout.mjs';
import { outputOf } from './command.ts';
import { platformLayers } from './platform-image.ts';

// For deploy/images/platform.Containerfile: lays the files of the platform's image out in a folder.
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('lay-out.ts FOLDER');
await mkdir(folder, { recursive: true });
for (const { file } of await platformLayers(checkout, join(checkout, '.cache/layers'), process.execPath)) {
  await outputOf(['tar', '-C', folder, '-xpf', file]);
}
