import type { SystemObservation, SystemSpec } from '@lab-orchestrator/contracts';
import type { Console, ConsoleTarget, ExecOptions, ExecResult } from '../../port/lab-runtime.js';
import type { ContainerFacts } from './container-facts.js';
import type { ContainerPlan } from './container-plan.js';
import type { SystemPlace } from './system-place.js';

/**
 * How one kind of system (`container`, `vm`) lives in an engine container. Drivers plan and look inside; only the
 * runtime creates, starts and removes containers, so that names, labels, networks and isolation are the same for all.
 */
export interface SystemDriver<S extends SystemSpec = SystemSpec> {
  /**
   * What the container of this system looks like. May prepare files in `place.folder`; called again on every apply,
   * by several processes at once. Throws `RuntimeError('image_missing', …, true)` while an image is not there.
   */
  plan(place: SystemPlace, system: S): Promise<ContainerPlan>;
  /** State and stage, from what the engine says and from what answers inside. Called only when the container exists. */
  inspect(place: SystemPlace, system: S, container: ContainerFacts): Promise<SystemObservation>;
  open(container: ContainerFacts, target: ConsoleTarget): Promise<Console>;
  exec(container: ContainerFacts, command: string[], options: ExecOptions): Promise<ExecResult>;
  /** Freezes and thaws; repeats are harmless. */
  pause(container: ContainerFacts): Promise<void>;
  resume(container: ContainerFacts): Promise<void>;
  /** Starts again in place, disks kept. */
  restart(container: ContainerFacts): Promise<void>;
}
