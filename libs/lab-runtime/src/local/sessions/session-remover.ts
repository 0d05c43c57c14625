import type { Removal } from '../../port/lab-runtime.js';
import type { ContainerStore } from '../containers/container-store.js';
import { translated } from '../engine/engine-errors.js';
import type { Firewall } from '../networks/firewall.js';
import type { LabNames } from '../networks/lab-names.js';
import type { SessionNetworks } from '../networks/session-networks.js';
import type { SessionFolders } from './session-folders.js';
import type { SessionLedger } from './session-ledger.js';

export type RemoverParts = {
  ledger: SessionLedger;
  folders: SessionFolders;
  networks: SessionNetworks;
  firewall: Firewall;
  names: LabNames;
  containers: ContainerStore;
};

/** Removes everything of a session, found by labels alone. */
export class SessionRemover {
  constructor(private readonly parts: RemoverParts) {}

  async remove(sessionId: string): Promise<Removal> {
    const { ledger, folders, networks, firewall, names, containers } = this.parts;
    const [running, made] = await Promise.all([containers.list(sessionId), networks.list(sessionId)]);
    await ledger.markRemoved(
      sessionId,
      running.map((container) => container.generation),
    );
    await Promise.all(running.map((container) => containers.remove(container.id)));
    await names.withdraw(sessionId, made);
    await translated('Removing networks', () => Promise.all(made.map((network) => networks.remove(network))));
    await firewall.forget(made);
    await Promise.all([folders.remove(sessionId), ledger.forgetBroken(sessionId)]);
    // Read again: a zombie may have made something in between, and an engine may still be at work.
    const [left, kept] = await Promise.all([containers.list(sessionId), networks.list(sessionId)]);
    const remaining = [...left.map((container) => container.name), ...kept.map((network) => network.engineNetwork)];
    return { gone: remaining.length === 0, remaining };
  }
}
