import type { ContainerSystemSpec, SystemSpec, VmSystemSpec } from '@lab-orchestrator/contracts';
import type { SystemDriver } from './system-driver.js';

/** One driver for each kind of system. */
export type Drivers = {
  container: SystemDriver<ContainerSystemSpec>;
  vm: SystemDriver<VmSystemSpec>;
};

/** A driver together with the one system it is asked about, so that their kinds cannot be mixed up. */
export function driverOf(
  drivers: Drivers,
  kind: SystemSpec['kind'],
): Pick<SystemDriver, 'open' | 'exec' | 'pause' | 'resume' | 'restart'> {
  return kind === 'vm' ? drivers.vm : drivers.container;
}
