import type { PageBlock } from '@lab-orchestrator/contracts';
import { Title, type TitleOrder } from '@mantine/core';
import { anchorId } from '../instructions-context.js';
import { Inlines } from './inlines.js';

/** Above are the lab's title and the page's: an author's first level comes third. */
const orders: readonly TitleOrder[] = [3, 3, 4, 5, 6, 6];

export function Heading({ heading: { level, id, children } }: { heading: Extract<PageBlock, { type: 'heading' }> }) {
  return (
    <Title order={orders[level - 1] ?? 6} size={level <= 2 ? 'h2' : 'h3'} id={anchorId(id)} tabIndex={-1}>
      <Inlines nodes={children} />
    </Title>
  );
}
