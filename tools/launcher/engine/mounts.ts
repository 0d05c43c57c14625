import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Unmounts what Podman keeps mounted below a folder after its end (its storage is a mount of its own). */
export function releaseMounts(folder: string): void {
  for (const path of mountsBelow(folder, readFileSync('/proc/mounts', 'utf8')).toReversed()) {
    spawnSync('umount', [path], { stdio: 'ignore' });
  }
}

/** The mount points below a folder, outer ones first. The kernel writes odd letters of a path as octal numbers. */
export function mountsBelow(folder: string, table: string): string[] {
  const paths = table.split('\n').map((line) => line.split(' ')[1] ?? '');
  const plain = paths.map((path) =>
    path.replaceAll(/\\(\d{3})/g, (_, code) => String.fromCodePoint(parseInt(code, 8))),
  );
  return plain.filter((path) => path.startsWith(`${folder}/`));
}
