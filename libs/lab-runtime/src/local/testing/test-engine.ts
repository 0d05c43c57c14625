import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { removeEngine } from '../engine/remove-engine.js';
import { startEngine } from '../engine/start-engine.js';

export type TestEngine = { url: string; dataDir: string; stop(): Promise<void> };

/**
 * For specs: a private engine. Its folder is kept between runs, because importing images is what takes time; a second
 * run at the same time gets a folder of its own.
 */
export async function testEngine(cacheDir: string): Promise<TestEngine> {
  const kept = join(cacheDir, 'engine-test');
  await mkdir(kept, { recursive: true });
  const release = await lock(kept, { stale: 15_000 }).catch(() => undefined);
  const dataDir = release ? kept : await mkdtemp(join(tmpdir(), 'lab-engine-'));
  const engine = await startEngine({ dataDir });
  return {
    url: engine.url,
    dataDir,
    stop: async () => {
      if (release) {
        // A spec may have stopped the first one and started another.
        await (await startEngine({ dataDir })).stop();
        await release();
      } else {
        await removeEngine({ dataDir });
        await rm(dataDir, { recursive: true, force: true });
      }
    },
  };
}
