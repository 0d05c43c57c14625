import type { ImageSpec, Session } from '@lab-orchestrator/contracts';
import type { ResolvedDisk, ResolvedLab, ResolvedVm } from '@lab-orchestrator/lab-folder';
import type { RuntimeFeatures } from '../admission/runtime-capacity.js';

type Losses = Pick<Session, 'pauseLoses' | 'pauseLosesLater'>;
type PausedLab = Pick<ResolvedLab, 'systems' | 'rules'>;
/** The image behind a name of the lab file. */
type DiskImage = (name: string) => Pick<ImageSpec, 'source'>;

/** What a pause takes from the systems of a lab, at once or when it lasts, so that it can be told before. */
export function pauseLosses(
  { systems, rules }: PausedLab,
  features: Pick<RuntimeFeatures, 'freezesContainers' | 'hibernation'> | undefined,
  imageOf: DiskImage,
): Losses {
  const { hibernation, freezesContainers } = features ?? {};
  const restarts = systems.filter(({ kind }) => kind === 'container' && freezesContainers === false);
  const hibernates = hibernation ? systems.filter((system) => system.kind === 'vm' && disksLast(system, imageOf)) : [];
  const atOnce = rules.hibernate === true || hibernation?.atOnce === true;
  const lost = new Set([...restarts, ...(atOnce ? hibernates : [])]);
  const pauseLoses = systems.filter((system) => lost.has(system)).map(({ name }) => name);
  if (atOnce || hibernation?.afterS === undefined || hibernates.length === 0) return { pauseLoses };
  return { pauseLoses, pauseLosesLater: { afterS: hibernation.afterS, systems: hibernates.map(({ name }) => name) } };
}

const disksLast = ({ disks }: ResolvedVm, imageOf: DiskImage) => disks.every((disk) => lasts(disk, imageOf));

/** As a cluster lays disks out: what is neither persistent nor sized is, where it can, mounted as the image it is. */
function lasts(disk: ResolvedDisk, imageOf: DiskImage): boolean {
  if (disk.kind === 'cdrom' || disk.persistent) return true;
  if (disk.kind === 'empty') return false;
  return disk.sizeBytes !== undefined || !isMountable(imageOf(disk.image));
}

const isMountable = ({ source: { kind } }: Pick<ImageSpec, 'source'>) => kind === 'builtin' || kind === 'containerDisk';
