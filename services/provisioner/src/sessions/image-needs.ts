import type { ImageObservation, ImageSpec, Reason, SessionSpec, SystemSpec } from '@lab-orchestrator/contracts';

export type ImageNeed = { system: string; image: ImageSpec };

const imagesOf = (system: SystemSpec): ImageSpec[] =>
  system.kind === 'container'
    ? [system.image]
    : system.disks.flatMap((disk) => (disk.kind === 'empty' ? [] : [disk.image]));

/** Every image a session waits for, and for which system. */
export const imageNeeds = (spec: SessionSpec): ImageNeed[] =>
  spec.systems.flatMap((system) => imagesOf(system).map((image) => ({ system: system.name, image })));

export type ImageVerdict =
  | { state: 'ready' }
  | { state: 'waiting'; percent: Map<string, number | undefined> }
  | { state: 'failed'; reason: Reason };

/** What the images together mean for the session: one failed image fails it, one that is missing lets it wait. */
export function imageVerdict(
  needs: readonly ImageNeed[],
  observed: ReadonlyMap<string, ImageObservation>,
): ImageVerdict {
  const waiting = new Map<string, number | undefined>();
  for (const { system, image } of needs) {
    const observation = observed.get(image.id);
    if (observation?.state === 'failed')
      return { state: 'failed', reason: { ...(observation.reason ?? unknownFailure(image)), system } };
    if (observation?.state === 'ready') continue;
    const percent = observation?.percent;
    const before = waiting.get(system);
    waiting.set(
      system,
      before === undefined || percent === undefined ? (percent ?? before) : Math.min(before, percent),
    );
  }
  return waiting.size > 0 ? { state: 'waiting', percent: waiting } : { state: 'ready' };
}

const unknownFailure = (image: ImageSpec): Reason => ({
  code: 'image_failed',
  text: `The image ${image.name} could not be made available.`,
  advice: 'Look at it in the image list and import it again.',
});
