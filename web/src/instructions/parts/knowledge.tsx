import type { PageBlock } from '@lab-orchestrator/contracts';
import { IconBulb, IconChevronRight } from '@tabler/icons-react';
import { useInstructions } from '../instructions-context.js';
import classes from './knowledge.module.css';
import { NestedBlocks } from './nested-blocks.js';

/** A box that folds out; the browser's own, so that it works by keyboard and when searched in the page. */
export function Knowledge({
  knowledge: { title, children },
}: {
  knowledge: Extract<PageBlock, { type: 'knowledge' }>;
}) {
  const { printed } = useInstructions();
  return (
    <details className={classes.knowledge} open={printed}>
      <summary>
        <IconBulb size={18} aria-hidden />
        <span>{title}</span>
        <IconChevronRight size={16} aria-hidden className={classes.chevron} />
      </summary>
      <div>
        <NestedBlocks nodes={children} />
      </div>
    </details>
  );
}
