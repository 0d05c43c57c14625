import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { anchorId, StepContext } from '../instructions-context.js';
import classes from './step-frame.module.css';
import type { StepView } from '../model/progress.js';
import { Points, StepMark } from './step-mark.js';

interface Props {
  view: StepView;
  /** The id that the heading gets, for what is labelled by it. */
  heading: string;
  children: ReactNode;
}

/** What steps and questions look like: a mark, a title and what it is worth on top, then its body. */
export function StepFrame({ view, heading, children }: Props) {
  const { definition, state } = view;
  return (
    <StepContext value={view}>
      <section
        className={classes.step}
        data-done={state.done}
        id={anchorId(definition.id)}
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
        {children}
      </section>
    </StepContext>
  );
}
