import { createLocalRuntime, type LocalRuntimeOptions } from '../local/create-local-runtime.js';
import type { Consoles, LabRuntime } from '../port/lab-runtime.js';
import type { RuntimeSettings } from './runtime-settings.js';

/** How disk images are fetched; the same for every runtime. */
export type OpenRuntimeOptions = Pick<LocalRuntimeOptions, 'diskImages'>;

/**
 * Opens the runtime that the settings name. Several processes may open the same one.
 * @throws RuntimeError when the engine or the cluster cannot be reached, or its rights do not suffice
 */
export async function openRuntime(settings: RuntimeSettings, options: OpenRuntimeOptions = {}): Promise<LabRuntime> {
  return settings.LAB_RUNTIME === 'kubernetes' ? openKubernetes(settings, options) : openLocal(settings, options);
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
    cpuOvercommit: settings.LAB_CPU_OVERCOMMIT,
    diskImages: options.diskImages,
  });
}

async function openKubernetes(settings: RuntimeSettings, { diskImages }: OpenRuntimeOptions): Promise<LabRuntime> {
  // Loaded only where it is used: its client is most of what a local process would load.
  const { createKubernetesRuntime } = await import('../kubernetes/create-kubernetes-runtime.js');
  const references = settings.LAB_KUBE_BUILTIN_IMAGES ?? {};
  const { LAB_KUBE_DNS: dns, LAB_KUBE_NETWORK_PLUGIN: networkPlugin } = settings;
  return createKubernetesRuntime({
    instance: settings.LAB_INSTANCE,
    builtinImages: references,
    builtinDisks: references,
    storageClass: settings.LAB_KUBE_STORAGE_CLASS,
    allowUnenforcedNetworks: settings.LAB_KUBE_ALLOW_UNENFORCED_NETWORKS,
    extraObjects: settings.LAB_KUBE_EXTRA_OBJECTS,
    pauseVms: settings.LAB_KUBE_PAUSE_VMS,
    hibernateAfterS: settings.LAB_KUBE_HIBERNATE_AFTER_S,
    forge: {
      closedRanges: settings.LAB_KUBE_CLOSED_CIDRS,
      lowestPodSecurity: settings.LAB_KUBE_LOWEST_POD_SECURITY,
      nodeSelector: settings.LAB_KUBE_NODE_SELECTOR ?? {},
      runtimeClassName: settings.LAB_KUBE_RUNTIME_CLASS,
      priorityClassName: settings.LAB_KUBE_PRIORITY_CLASS,
      virtApi: { namespace: settings.LAB_KUBE_KUBEVIRT_NAMESPACE },
      ...(dns ? { dns } : {}),
      ...(networkPlugin ? { networkPlugin } : {}),
    },
    images: {
      openRanges: settings.LAB_KUBE_IMPORT_CIDRS,
      policy: diskImages?.policy,
      openUpload: diskImages?.openUpload,
      cdiNamespace: settings.LAB_KUBE_CDI_NAMESPACE,
    },
  });
}
