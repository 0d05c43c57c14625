import type { PageBlock } from '@lab-orchestrator/contracts';
import { Title } from '@mantine/core';
import { useId } from 'react';
import { anchorId, StepContext, useInstructions } from '../instructions-context.js';
import classes from '../instructions.module.css';
import { NestedBlocks } from './nested-blocks.js';
import { Points, StepMark } from './step-mark.js';
import { TickBox } from './tick-box.js';

/** Something to do: its mark and what it is worth on top, then how. */
export function StepBlock({ step: { id, children } }: { step: Extract<PageBlock, { type: 'step' }> }) {
  const { steps } = useInstructions();
  const heading = useId();
  const view = steps.get(id);
  if (view === undefined) return <NestedBlocks nodes={children} />;
  const { definition, state } = view;
  return (
    <StepContext value={view}>
      <section
        className={classes.step}
        data-done={state.done}
        id={anchorId(id)}
        tabIndex={-1}
        aria-labelledby={heading}
      >
        <header className={classes.stepHead}>
          <StepMark view={view} />
          <Title order={3} size="h3" id={heading}>
            {definition.title}
          </Title>
          <Points view={view} />
        </header>
        <div className={classes.stepBody}>
          <NestedBlocks nodes={children} />
          {definition.kind === 'tick' && !hasTick(children) && <TickBox label={undefined} />}
        </div>
      </section>
    </StepContext>
  );
}

/** Whether the author chose the place of the tick. */
const hasTick = (nodes: readonly PageBlock[]): boolean =>
  nodes.some((node) => {
    if (node.type === 'tick') return true;
    if (node.type === 'list') return node.items.some(({ children }) => hasTick(children));
    return (node.type === 'quote' || node.type === 'knowledge') && hasTick(node.children);
  });
