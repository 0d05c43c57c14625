import { createLocalRuntime, type LocalRuntimeOptions } from '../local/create-local-runtime.js';
import type { Consoles, LabRuntime } from '../port/lab-runtime.js';
import type { RuntimeSettings } from './runtime-settings.js';

/** How disk images are fetched; the same for every runtime that fetches them itself. */
export type OpenRuntimeOptions = Pick<LocalRuntimeOptions, 'diskImages'>;

/**
 * Opens the runtime that the settings name. Several processes may open the same one.
 * @throws RuntimeError when the engine or the cluster cannot be reached, or its rights do not suffice
 */
export async function openRuntime(settings: RuntimeSettings, options: OpenRuntimeOptions = {}): Promise<LabRuntime> {
  return settings.LAB_RUNTIME === 'kubernetes' ? openKubernetes(settings) : openLocal(settings, options);
}

/** Only the consoles of that runtime, for a process that may do no more. On a cluster it needs far fewer rights. */
export async function openConsoles(settings: RuntimeSettings): Promise<Consoles> {
  if (settings.LAB_RUNTIME !== 'kubernetes') return openLocal(settings, {});
  const { createKubernetesConsoles } = await import('../kubernetes/create-kubernetes-consoles.js');
  return createKubernetesConsoles({ instance: settings.LAB_INSTANCE });
}

function openLocal(settings: RuntimeSettings, options: OpenRuntimeOptions): Promise<LabRuntime> {
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

async function openKubernetes(settings: RuntimeSettings): Promise<LabRuntime> {
  // Loaded only where it is used: its client is most of what a local process would load.
  const { createKubernetesRuntime } = await import('../kubernetes/create-kubernetes-runtime.js');
  return createKubernetesRuntime({
    instance: settings.LAB_INSTANCE,
    builtinImages: settings.LAB_KUBE_BUILTIN_IMAGES ?? {},
    allowUnenforcedNetworks: settings.LAB_KUBE_ALLOW_UNENFORCED_NETWORKS,
  });
}
