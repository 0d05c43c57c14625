import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { engineFolders } from '@lab-orchestrator/lab-runtime';
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
  }
  await forget(data);
}

/** What Podman cleans up after the last containers outlives its service for a moment, and keeps its storage mounted. */
export async function forget(data: DataFolder, withinMs = 15_000): Promise<void> {
  const ofEngine = engineFolders(data.runtime);
  for (const until = performance.now() + withinMs; ; await delay(250)) {
    for (const folder of [data.runtime, ...ofEngine]) releaseMounts(folder);
    try {
      for (const folder of ofEngine) rmSync(folder, { recursive: true, force: true });
      return data.forget();
    } catch (error) {
      if (performance.now() > until) throw error;
    }
  }
}
