import { ImageListName } from '@lab-orchestrator/contracts';
import type { CheckOptions } from '../options.js';
import type { Outline } from '../outline.js';
import type { Reporter } from '../report.js';
import { suggest } from '@lab-orchestrator/page-compiler';
import type { DocumentPath } from '../../yaml/yaml-source.js';

/** Names of the image list, as opposed to references such as `docker.io/library/nginx:1`. */
export const isImageName = (image: string) => ImageListName.safeParse(image).success;

/** Where a lab names an image, and what the image must hold there. */
export function imageUses({ systems }: Pick<Outline, 'systems'>) {
  const uses: Array<{ image: string; kind: 'container' | 'disk'; path: DocumentPath }> = [];
  for (const [at, system] of systems.entries()) {
    if (system.kind === 'container' && system.image !== undefined)
      uses.push({ image: system.image, kind: 'container', path: ['systems', at, 'image'] });
    for (const [index, disk] of system.disks.entries()) {
      if (disk.image !== undefined)
        uses.push({ image: disk.image, kind: 'disk', path: ['systems', at, 'disks', index, 'image'] });
      if (disk.cdrom !== undefined)
        uses.push({ image: disk.cdrom, kind: 'disk', path: ['systems', at, 'disks', index, 'cdrom'] });
    }
  }
  return uses;
}

/** Images are on the list and hold what the system needs; other references are for those who may use them. */
export function checkImages(outline: Outline, { images, allowReferences }: CheckOptions, report: Reporter) {
  if (!images) return;
  for (const { image, kind, path } of imageUses(outline)) {
    const held = images.get(image);
    if (held === kind) continue;
    if (held) report.error(path, 'wrong_image_kind', `the image "${image}" is a ${held}; expected a ${kind}`);
    else if (isImageName(image))
      report.error(
        path,
        'unknown_image',
        `there is no image "${image}" on the image list${suggest(image, images.keys())}`,
      );
    else if (!allowReferences)
      report.error(
        path,
        'reference_not_allowed',
        `"${image}" is not on the image list; only an admin may use such references`,
      );
  }
}
