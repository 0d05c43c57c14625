import type { ResolvedLab } from './resolved-lab.js';

/** The images that a lab's systems start from, each once. */
export function imagesOf({ systems }: ResolvedLab): Array<{ name: string; kind: 'container' | 'disk' }> {
  const images = new Map<string, 'container' | 'disk'>();
  for (const system of systems) {
    if (system.kind === 'container') images.set(system.image, 'container');
    else for (const disk of system.disks) if (disk.kind !== 'empty') images.set(disk.image, 'disk');
  }
  return [...images].map(([name, kind]) => ({ name, kind }));
}
