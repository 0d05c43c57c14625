import type { Outline } from '../outline.js';
import type { Reporter } from '../report.js';
import type { DocumentPath } from '../../yaml/yaml-source.js';

/** Systems, and inside a system its access entries, disks and files, have each name once. */
export function checkNames({ systems }: Outline, report: Reporter) {
  const once = (names: ReadonlyArray<string | undefined>, what: string, path: (index: number) => DocumentPath) => {
    for (const [index, name] of names.entries())
      if (name !== undefined && names.indexOf(name) < index)
        report.error(path(index), 'duplicate_name', `there is another ${what} "${name}"`);
  };
  once(
    systems.map((system) => system.name),
    'system',
    (index) => ['systems', index, 'name'],
  );
  for (const [at, system] of systems.entries()) {
    const inside = (list: string, key: string) => (index: number) => ['systems', at, list, index, key];
    once(
      system.access.map((access) => access.name),
      'access entry',
      inside('access', 'name'),
    );
    once(
      system.disks.map((disk) => disk.name),
      'disk',
      inside('disks', 'name'),
    );
    once(
      system.files.map((file) => file.path),
      'file',
      inside('files', 'path'),
    );
    once(
      (system.networks ?? []).map((network) => (typeof network === 'string' ? network : undefined)),
      'entry for network',
      (index) => ['systems', at, 'networks', index],
    );
  }
}
