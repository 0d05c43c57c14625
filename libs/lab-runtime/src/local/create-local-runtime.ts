import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkInstance } from '../settings/instance.js';
import { ContainerDriver } from './containers/container-driver.js';
import { ContainerImages } from './containers/container-images.js';
import { ContainerStore } from './containers/container-store.js';
import { DiskWatch } from './containers/disk-watch.js';
import { connectEngine } from './engine/engine-client.js';
import { findEngine, type EngineEnvironment } from './engine/find-engine.js';
import { readHostFacts } from './engine/host-facts.js';
import { probeEngine } from './engine/probe-engine.js';
import { startEngine } from './engine/start-engine.js';
import { diskImages, type DiskImageOptions } from './images/disk-images.js';
import { LocalRuntime } from './local-runtime.js';
import { Firewall } from './networks/firewall.js';
import { labNamesFor } from './networks/lab-names-for.js';
import { SessionNetworks } from './networks/session-networks.js';
import { parseRange } from './networks/subnets.js';
import { SessionApplier } from './sessions/session-applier.js';
import { SessionFolders } from './sessions/session-folders.js';
import { SessionLedger } from './sessions/session-ledger.js';
import { SessionObserver } from './sessions/session-observer.js';
import { SessionRemover } from './sessions/session-remover.js';
import type { DriverContext } from './systems/driver-context.js';
import { vmDriver } from './vm/vm-driver.js';

export type LocalRuntimeOptions = {
  /** Else found by `environment`, else a private one is started below `dataDir`. */
  engineUrl?: string;
  environment?: EngineEnvironment;
  /** Sessions, golden disks, the private engine. All processes of one installation share it. */
  dataDir: string;
  /** Names this installation; two of them never see each other's objects. */
  instance: string;
  /** Where the project's own images are built. */
  builtinImages: { cacheDir: string };
  /** IPv4 range that lab networks are cut from. */
  networkPool?: string;
  /** How often a processor is promised to labs; 4 unless told. */
  cpuOvercommit?: number;
  /** What a container may write to its own layer. */
  containerDiskBytes?: number;
  /** How disk images are fetched. */
  diskImages?: Pick<DiskImageOptions, 'policy' | 'limits' | 'openUpload'>;
};

const defaultNetworkPool = '10.201.0.0/16';
const usualOvercommit = 4;
const defaultContainerDiskBytes = 4 * 2 ** 30;
/** Files a process of a lab may hold open, where the host allows as many. */
const maxOpenFiles = 16_384;

/** The one way in. May be called by several processes with the same options. */
export async function createLocalRuntime(options: LocalRuntimeOptions): Promise<LocalRuntime> {
  const instance = checkInstance(options.instance);
  const dataDir = resolve(options.dataDir);
  const pool = parseRange(options.networkPool ?? defaultNetworkPool);
  await mkdir(dataDir, { recursive: true });
  const url =
    options.engineUrl ?? (await findEngine(options.environment ?? {})) ?? (await startEngine({ dataDir })).url;
  const [facts, host] = await Promise.all([probeEngine(url), readHostFacts(process.env['PATH'] ?? '')]);
  const engine = connectEngine(url);
  const context: DriverContext = {
    engine,
    facts,
    instance,
    dataDir,
    builtinImagesDir: resolve(options.builtinImages.cacheDir),
  };

  const images = new ContainerImages(context);
  const disks = diskImages(context, {
    ...options.diskImages,
    launcherImage: () => images.ensureBuiltin('vm-launcher'),
  });
  const diskBytes = options.containerDiskBytes ?? defaultContainerDiskBytes;
  const drivers = { container: new ContainerDriver(context, images, diskBytes), vm: vmDriver(context, disks, images) };
  const ledger = new SessionLedger(join(dataDir, 'ledger'));
  const folders = new SessionFolders(join(dataDir, 'sessions'));
  const containers = new ContainerStore(engine, facts, instance, url);
  const shared = {
    instance,
    engine,
    ledger,
    folders,
    containers,
    drivers,
    networks: new SessionNetworks(engine, facts, instance, pool, url),
    firewall: new Firewall(instance, facts),
    names: await labNamesFor(facts, dataDir),
    disk: new DiskWatch(engine, ledger, { maxBytes: diskBytes, enforcedByStorage: facts.diskLimit }),
    limits: { openFiles: Math.min(host.openFiles, maxOpenFiles), processes: host.processes },
  };
  await ledger.prune(Date.now());
  return new LocalRuntime({
    ...shared,
    context,
    cpuOvercommit: options.cpuOvercommit ?? usualOvercommit,
    images,
    disks,
    applier: new SessionApplier(shared),
    observer: new SessionObserver({ ...shared, images, disks }),
    remover: new SessionRemover(shared),
  });
}
