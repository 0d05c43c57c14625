import type { DataFolder } from './data/data-folder.ts';
import { openEngine } from './engine/engine.ts';
import { releaseMounts } from './engine/mounts.ts';
import { RunningLabs } from './engine/running-labs.ts';
import type { Options } from './options.ts';
import { confirm } from './terminal/question.ts';
import type { Steps } from './terminal/steps.ts';

/** Removes every running lab, and with them everything the data folder knows. */
export async function clean(data: DataFolder, options: Options, cacheDir: string, steps: Steps): Promise<void> {
  await confirm(`Remove all running labs, people, labs and sessions of ${data.path}?`, options.yes);
  const engine = await steps.run('Container engine', (step) => openEngine(data.runtime, process.env, step));
  try {
    const labs = await RunningLabs.on(engine.url, data, cacheDir);
    await steps.run('Running labs removed', (step) => labs.removeAll(step));
  } finally {
    await engine.stop();
    releaseMounts(data.runtime);
  }
  data.forget();
}
