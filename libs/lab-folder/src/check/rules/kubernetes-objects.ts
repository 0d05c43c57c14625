import type { Outline, SystemOutline } from '../outline.js';
import type { Reporter } from '../report.js';

/** Two objects of one kind never share a name: not two of the lab, and none with one that a system is made of. */
export function checkKubernetesObjects({ systems, kubernetes }: Outline, report: Reporter) {
  const taken = new Set(systems.flatMap(objectsOf));
  for (const [index, { kind, metadata }] of (kubernetes?.objects ?? []).entries()) {
    if (kind === undefined || metadata.name === undefined) continue;
    const object = `${kind} "${metadata.name}"`;
    if (taken.has(object))
      report.error(
        ['kubernetes', 'objects', index, 'metadata', 'name'],
        'duplicate_name',
        `there is another ${object} in the lab: each system has its own objects, too`,
      );
    taken.add(object);
  }
}

/** Those with names that an author may choose as well. */
const objectsOf = ({ name, disks }: SystemOutline) => [
  `Service "${name}"`,
  `Pod "${name}"`,
  ...disks.map((disk) => `PersistentVolumeClaim "${name}-${disk.name}"`),
];
