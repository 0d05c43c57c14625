import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Where what is measured runs, and where everything that makes load runs; undefined where they cannot be kept apart. */
export const pins = findPins();

function findPins(): { measured: number; load: number } | undefined {
  if (spawnSync('taskset', ['--version']).status !== 0) return undefined;
  const [, list = ''] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  const allowed = list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  const [load, measured] = allowed;
  return load === undefined || measured === undefined ? undefined : { measured, load };
}

/** The words before a command that keep it on one CPU; none where that is not possible. */
export function pinned(where: 'measured' | 'load', niceness = 0): string[] {
  const nice = niceness === 0 ? [] : ['nice', '-n', String(niceness)];
  return pins === undefined ? nice : ['taskset', '-c', String(pins[where]), ...nice];
}
