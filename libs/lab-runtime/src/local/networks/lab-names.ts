import type { SessionSpec } from '@lab-orchestrator/contracts';
import type { Attachment } from '../systems/system-place.js';
import type { LabNetwork } from './session-networks.js';

/** Name service of labs. Names also stand in every container's hosts file; this is for guests and name tools. */
export interface LabNames {
  /** Name servers a system is given, best first. */
  serversFor(attachments: readonly Attachment[]): string[];
  /** Answers for the systems of the session from now on. */
  publish(session: SessionSpec, networks: readonly LabNetwork[]): Promise<void>;
  withdraw(sessionId: string, networks: readonly LabNetwork[]): Promise<void>;
}

/** An engine that answers names itself (Docker). */
export const engineNames: LabNames = {
  serversFor: () => [],
  publish: () => Promise.resolve(),
  withdraw: () => Promise.resolve(),
};
