import { resolve } from 'node:path';

type Tools = {
  readStatus(cacheDir: string, name: string): Promise<{ state?: string } | undefined>;
  buildImages(options: { cacheDir: string; names: string[] }): Promise<unknown>;
};

/** For specs: builds those of the project's own images that are not there yet. */
export async function imagesOf(cacheDir: string, names: string[]): Promise<void> {
  const tools: Tools = await import(resolve(import.meta.dirname, '../../../../../tools/images/src/index.mjs'));
  const states = await Promise.all(
    names.map(async (name) => ({ name, state: (await tools.readStatus(cacheDir, name))?.state })),
  );
  const missing = states.filter(({ state }) => state !== 'ready').map(({ name }) => name);
  if (missing.length > 0) await tools.buildImages({ cacheDir, names: missing });
}
