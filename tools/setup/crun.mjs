import { existsSync, readFileSync } from 'node:fs';

const CAP_SYS_RESOURCE = 1n << 24n;

/**
 * Whether `crun` can start containers for us: it wants version 2 of cgroups, and to raise limits. The engine is
 * started with the same rule (`readHostFacts` of the runtime library, which is not built yet when this is asked).
 */
export function crunStartsHere() {
  return crunStarts(existsSync('/sys/fs/cgroup/cgroup.controllers'), readFileSync('/proc/self/status', 'utf8'));
}

/**
 * @param {boolean} cgroup2
 * @param {string} status what `/proc/self/status` says
 */
export function crunStarts(cgroup2, status) {
  const capabilities = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  return cgroup2 && (capabilities & CAP_SYS_RESOURCE) !== 0n;
}
