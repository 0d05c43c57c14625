import type { PageBlock } from '@lab-orchestrator/contracts';
import { useId } from 'react';
import { useInstructions } from '../instructions-context.js';
import classes from './step-frame.module.css';
import { NestedBlocks } from './nested-blocks.js';
import { StepFrame } from './step-frame.js';
import { TickBox } from './tick-box.js';

/** Something to do: its mark and what it is worth on top, then how. */
export function StepBlock({ step: { id, children } }: { step: Extract<PageBlock, { type: 'step' }> }) {
  const { steps } = useInstructions();
  const heading = useId();
  const view = steps.get(id);
  if (view === undefined) return <NestedBlocks nodes={children} />;
  return (
    <StepFrame view={view} heading={heading}>
      <div className={classes.stepBody}>
        <NestedBlocks nodes={children} />
        {view.definition.kind === 'tick' && !hasTick(children) && <TickBox label={undefined} />}
      </div>
    </StepFrame>
  );
}

/** Whether the author chose the place of the tick. */
const hasTick = (nodes: readonly PageBlock[]): boolean =>
  nodes.some((node) => {
    if (node.type === 'tick') return true;
    if (node.type === 'list') return node.items.some(({ children }) => hasTick(children));
    return (node.type === 'quote' || node.type === 'knowledge') && hasTick(node.children);
  });
