import { access, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { HostFacts } from './containers-conf.js';

const CAP_SYS_RESOURCE = 24n;

/** Looks at this host: which OCI runtime starts here, who manages cgroups, how high limits may be. */
export async function readHostFacts(path: string): Promise<HostFacts> {
  const [status, limits, pidMax, cgroup2, systemd] = await Promise.all([
    readFile('/proc/self/status', 'utf8'),
    readFile('/proc/self/limits', 'utf8'),
    readFile('/proc/sys/kernel/pid_max', 'utf8'),
    exists('/sys/fs/cgroup/cgroup.controllers'),
    exists('/run/systemd/system'),
  ]);
  const capabilities = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  const mayRaiseLimits = (capabilities & (1n << CAP_SYS_RESOURCE)) !== 0n;
  const crun = cgroup2 && mayRaiseLimits ? await findProgram('crun', path) : undefined;
  const init = await firstOf(['catatonit', 'tini', 'dumb-init'], path);
  return {
    runtime: crun ? 'crun' : 'runc',
    systemd,
    openFiles: Math.min(hardLimit(limits, 'Max open files'), 65_536),
    // Podman lowers its own limit to the highest process id; containers cannot get more than it has.
    processes: Math.min(hardLimit(limits, 'Max processes'), Number(pidMax.trim())),
    ...(init ? { init } : {}),
  };
}

/** The hard limit in a `/proc/<pid>/limits` table. */
export function hardLimit(limits: string, name: string): number {
  const line = limits.split('\n').find((entry) => entry.startsWith(name));
  const hard = line?.slice(name.length).trim().split(/\s+/)[1];
  return hard === undefined || hard === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(hard);
}

/** Full path of a program in a `PATH`, with the places Debian keeps system programs in. */
export async function findProgram(name: string, path: string): Promise<string | undefined> {
  const folders = [
    ...path.split(delimiter),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
    '/usr/libexec/podman',
    '/usr/lib/podman',
  ];
  for (const folder of new Set(folders)) {
    if (folder && (await exists(join(folder, name)))) return join(folder, name);
  }
  return undefined;
}

async function firstOf(names: string[], path: string): Promise<string | undefined> {
  for (const name of names) {
    const found = await findProgram(name, path);
    if (found) return found;
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
