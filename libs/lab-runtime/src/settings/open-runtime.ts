import { createLocalRuntime, type LocalRuntimeOptions } from '../local/create-local-runtime.js';
import type { LabRuntime } from '../port/lab-runtime.js';
import type { RuntimeSettings } from './runtime-settings.js';

/** How disk images are fetched; the same for every runtime that fetches them itself. */
export type OpenRuntimeOptions = Pick<LocalRuntimeOptions, 'diskImages'>;

/**
 * Opens the runtime that the settings name. Several processes may open the same one.
 * @throws RuntimeError when the engine or the cluster cannot be reached, or its rights do not suffice
 */
export async function openRuntime(settings: RuntimeSettings, options: OpenRuntimeOptions = {}): Promise<LabRuntime> {
  if (settings.LAB_RUNTIME === 'kubernetes') return openKubernetes(settings);
  const { LAB_DATA_DIR: dataDir, LAB_IMAGE_CACHE_DIR: cacheDir } = settings;
  if (dataDir === undefined || cacheDir === undefined)
    throw new TypeError('LAB_RUNTIME=local needs LAB_DATA_DIR and LAB_IMAGE_CACHE_DIR.');
  return createLocalRuntime({
    engineUrl: settings.LAB_ENGINE_URL,
    dataDir,
    instance: settings.LAB_INSTANCE,
    builtinImages: { cacheDir },
    diskImages: options.diskImages,
  });
}

async function openKubernetes(_settings: RuntimeSettings): Promise<LabRuntime> {
  throw new TypeError('LAB_RUNTIME=kubernetes is not there yet.');
}
