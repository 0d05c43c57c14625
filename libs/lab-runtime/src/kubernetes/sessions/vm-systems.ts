import type { SessionSpec, VmSystemSpec } from '@lab-orchestrator/contracts';
import type { SystemRef } from '../../port/lab-runtime.js';
import type { KubeObject } from '../client/kube-object.js';
import type { ForgeFacts } from '../forge/forge-settings.js';

/** How virtual machines take part in a session. */
export type VmSystems = {
  /**
   * The objects of a VM, in the order they are made; none is changed once it exists.
   * @throws RuntimeError `image_missing` (retryable) while a golden image is not there
   */
  forge(session: SessionSpec, system: VmSystemSpec, facts: ForgeFacts): Promise<KubeObject[]>;
  /** `hibernate`: shuts it down at once if its disks all last. */
  pause(target: SystemRef, hibernate: boolean): Promise<void>;
  resume(target: SystemRef): Promise<void>;
  restart(target: SystemRef): Promise<void>;
};
