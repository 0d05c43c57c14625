import { KubeConfig } from '@kubernetes/client-node';
import { checkInstance } from '../settings/instance.js';
import { ClusterState } from './capacity/cluster-state.js';
import { Cluster } from './client/cluster.js';
import { dnsEgress, usualDns } from './forge/dns-access.js';
import type { ForgeSettings } from './forge/forge-settings.js';
import { parseRange } from './forge/open-ranges.js';
import { type BuiltinReferences, imageReferenceFrom } from './image-reference.js';
import { createImages } from './images/cluster-images.js';
import type { ImageOptions } from './images/image-options.js';
import type { SessionParts } from './kubernetes-parts.js';
import { KubernetesRuntime } from './kubernetes-runtime.js';
import { IsolationGuard } from './probe/isolation-guard.js';
import { RemovalLedger } from './sessions/ledger.js';
import { SessionApplier } from './sessions/session-applier.js';
import { SessionObserver } from './sessions/session-observer.js';
import { SessionPauser } from './sessions/session-pauser.js';
import { SessionRemover } from './sessions/session-remover.js';
import { kubeVirtSystems } from './sessions/vm/kubevirt-systems.js';
import type { VmRest } from './sessions/vm/vm-rest.js';
import { VmSnapshots } from './sessions/vm/vm-snapshots.js';
import { SessionView } from './watch/session-view.js';

export type KubernetesRuntimeOptions = {
  /** Else from `kubeconfig`, else from KUBECONFIG, the home folder, or the pod's own account. */
  config?: KubeConfig;
  /** Path of a kubeconfig file. */
  kubeconfig?: string;
  /** Names this installation; two of them on one cluster never see each other's objects. */
  instance: string;
  /** Where the cluster pulls the project's own images from. `terminal` is also what probes run. */
  builtinImages: BuiltinReferences;
  /** Start labs although nothing keeps them apart: only for a cluster that runs nothing else. */
  allowUnenforcedNetworks?: boolean;
  /** Differences from the defaults of what is forged. */
  forge?: Partial<Omit<ForgeSettings, 'instance' | 'imageReference'>>;
  /** Where the cluster pulls the project's own disks from, as containerDisks, by name (`small-vm`). */
  builtinDisks?: BuiltinReferences;
  /** How disk images are fetched and kept. */
  images?: Partial<Omit<ImageOptions, 'instance' | 'imageReference' | 'builtinDisks' | 'dns'>>;
  /** For disks; undefined: the cluster's default. */
  storageClass?: string;
  /** Part of a virtual machine's processors that is reserved for it. Guests idle, too, but less than containers. */
  vmCpuRequestShare?: number;
  /** On every virtual machine and its disks: for whatever else on the cluster goes by annotations. */
  vmAnnotations?: Record<string, string>;
  /** What a pause does with virtual machines. */
  pauseVms?: VmRest['pause'];
  /** How long a pause lasts before frozen virtual machines are shut down whose disks all last; undefined: for ever. */
  hibernateAfterS?: VmRest['hibernateAfterS'];
  /** Labs may bring objects of an administrator. The account needs rights for all their kinds; unless told, it has none. */
  extraObjects?: boolean;
  /** API calls under way at the same time. */
  concurrency?: number;
  /** Told of each API call, for a metric. */
  onCall?: (call: { method: string; path: string }) => void;
  watch?: { idleMs?: number; staleMs?: number; resyncMs?: number };
  stuckAfterMs?: number;
};

/** A machine uses a processor more steadily than a shell does. */
const usualVmShare = 0.25;

/** The defaults of what is forged. */
export function forgeSettingsOf(options: KubernetesRuntimeOptions): ForgeSettings {
  const settings: ForgeSettings = {
    instance: checkInstance(options.instance),
    imageReference: imageReferenceFrom(options.builtinImages),
    imagePullSecrets: [],
    cpuRequestShare: 0.1,
    containerDiskBytes: 4 * 2 ** 30,
    dns: usualDns,
    closedRanges: [],
    lowestPodSecurity: 'baseline',
    networkPlugin: { type: 'bridge' },
    nodeSelector: {},
    ...options.forge,
  };
  // Nonsense is refused at the start, not by the first lab.
  for (const range of settings.closedRanges) parseRange(range);
  dnsEgress(settings.dns);
  return settings;
}

/** The one way in. May be called by several processes with the same options. Calls nobody: the cluster may be away. */
export function createKubernetesRuntime(options: KubernetesRuntimeOptions): Promise<KubernetesRuntime> {
  const settings = forgeSettingsOf(options);
  const { instance } = settings;
  const cluster = new Cluster({ config: configOf(options), concurrency: options.concurrency, onCall: options.onCall });
  const ledger = new RemovalLedger(cluster, instance);
  const image = options.builtinImages['terminal'] ?? 'terminal';
  const { vmCpuRequestShare = usualVmShare } = options;
  const state = new ClusterState({
    cluster,
    image,
    namespace: () => ledger.ensureNamespace(),
    cpuRequestShare: Math.max(settings.cpuRequestShare, vmCpuRequestShare),
    nodeSelector: settings.nodeSelector,
    lowestPodSecurity: settings.lowestPodSecurity,
    vmRest: vmRestOf(options),
  });
  const sessions = () => sessionParts(options, settings, cluster, state, ledger);
  const { extraObjects = false } = options;
  return Promise.resolve(new KubernetesRuntime({ instance, cluster, state, extraObjects, sessions }));
}

async function sessionParts(
  options: KubernetesRuntimeOptions,
  settings: ForgeSettings,
  cluster: Cluster,
  state: ClusterState,
  ledger: RemovalLedger,
): Promise<SessionParts> {
  const { instance } = settings;
  const facts = await state.facts();
  // Not "can be started": what runs is looked at, also while KubeVirt is away or being upgraded.
  const canLookAtVms = async () => (await state.facts()).vmKinds;
  const view = new SessionView({ cluster, instance, vms: canLookAtVms, ...options.watch });
  const guard = new IsolationGuard(cluster, {
    instance,
    image: options.builtinImages['terminal'] ?? 'terminal',
    allowUnenforcedNetworks: options.allowUnenforcedNetworks ?? false,
  });
  const images = createImages(cluster, {
    storageClass: options.storageClass,
    closedRanges: [...settings.closedRanges, ...facts.forge.clusterRanges],
    ...options.images,
    instance,
    imageReference: settings.imageReference,
    builtinDisks: options.builtinDisks ?? {},
    dns: settings.dns,
  });
  const { storageClass, vmCpuRequestShare = usualVmShare, stuckAfterMs = 300_000 } = options;
  const ofVms = {
    storageClass,
    cpuRequestShare: vmCpuRequestShare,
    annotations: options.vmAnnotations,
    ...vmRestOf(options),
  };
  const { nodeSelector, priorityClassName } = settings;
  const vms = kubeVirtSystems({ cluster, view, instance, images, nodeSelector, priorityClassName, ...ofVms });
  const snapshots = new VmSnapshots({ cluster, instance });
  return {
    view,
    ledger,
    applier: new SessionApplier({
      cluster,
      view,
      ledger,
      settings,
      vms,
      facts: () => state.facts(),
      requireIsolation: () => guard.require(),
    }),
    observer: new SessionObserver({ cluster, view, instance }),
    remover: new SessionRemover({ cluster, view, ledger, instance, stuckAfterMs }),
    pauser: new SessionPauser({ cluster, view, instance, vms }),
    images,
    get snapshots() {
      return view.vms && snapshots;
    },
  };
}

const vmRestOf = ({ pauseVms: pause, hibernateAfterS }: KubernetesRuntimeOptions): VmRest => ({
  pause,
  hibernateAfterS,
});

function configOf({ config, kubeconfig }: KubernetesRuntimeOptions): KubeConfig {
  if (config) return config;
  const loaded = new KubeConfig();
  if (kubeconfig === undefined) loaded.loadFromDefault();
  else loaded.loadFromFile(kubeconfig);
  return loaded;
}
