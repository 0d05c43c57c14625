import type { InstructionsValue } from './instructions-context.js';
import type { PendingTick } from './model/tick-queue.js';
import { outlineOf } from './model/progress.js';

/** What a reader brings; the outline and the steps follow from it. */
export type Reading = Omit<InstructionsValue, 'outline' | 'steps'>;

/** What the parts of a page need; `pending` are ticks that the server does not know of yet. */
export function instructionsValue(reading: Reading, pending: readonly PendingTick[] = []): InstructionsValue {
  const outline = outlineOf(reading.instructions, pending);
  const views = outline.pages.flatMap(({ steps }) => steps);
  return { ...reading, outline, steps: new Map(views.map((view) => [view.definition.id, view])) };
}
