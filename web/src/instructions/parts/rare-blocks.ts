import type { PageBlock } from '@lab-orchestrator/contracts';
import { later } from '../../ui/later.js';

/** Boxes that few pages have. Their code comes with the first page that has one. */
export const AudioBlock = later(async () => (await import('./media.js')).AudioBlock);
export const QuizBlock = later(async () => (await import('./quiz-block.js')).QuizBlock);
export const SetField = later(async () => (await import('./set-field.js')).SetField);
export const VideoBlock = later(async () => (await import('./media.js')).VideoBlock);

const rare = { audio: AudioBlock, quiz: QuizBlock, set: SetField, video: VideoBlock } as const;
const isRare = (type: unknown): type is keyof typeof rare => typeof type === 'string' && type in rare;

/** Fetches what these boxes need, so that the page shows as a whole. What cannot be had now comes by itself later. */
export async function fetchRareBlocks(nodes: readonly PageBlock[]): Promise<void> {
  await Promise.allSettled([...typesIn(nodes)].map((type) => rare[type].fetch()));
}

/** The rare types of boxes anywhere in a tree. */
export function typesIn(tree: unknown, found = new Set<keyof typeof rare>()): Set<keyof typeof rare> {
  if (typeof tree !== 'object' || tree === null) return found;
  if ('type' in tree && isRare(tree.type)) found.add(tree.type);
  for (const inner of Object.values(tree)) typesIn(inner, found);
  return found;
}
