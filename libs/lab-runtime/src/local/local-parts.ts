import type { ContainerImages } from './containers/container-images.js';
import type { ContainerStore } from './containers/container-store.js';
import type { DiskImages } from './images/disk-images.js';
import type { Firewall } from './networks/firewall.js';
import type { SessionNetworks } from './networks/session-networks.js';
import type { SessionApplier } from './sessions/session-applier.js';
import type { SessionFolders } from './sessions/session-folders.js';
import type { SessionLedger } from './sessions/session-ledger.js';
import type { SessionObserver } from './sessions/session-observer.js';
import type { SessionRemover } from './sessions/session-remover.js';
import type { DriverContext } from './systems/driver-context.js';
import type { Drivers } from './systems/drivers.js';

/** What the local runtime is made of. */
export type LocalParts = {
  context: DriverContext;
  /** How often a processor is promised to labs. */
  cpuOvercommit: number;
  containers: ContainerStore;
  networks: SessionNetworks;
  firewall: Firewall;
  folders: SessionFolders;
  ledger: SessionLedger;
  drivers: Drivers;
  images: ContainerImages;
  disks: DiskImages;
  applier: SessionApplier;
  observer: SessionObserver;
  remover: SessionRemover;
};
