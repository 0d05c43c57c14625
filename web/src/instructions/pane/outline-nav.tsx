import { UnstyledButton } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../../i18n/format.js';
import { useInstructions } from '../instructions-context.js';
import classes from './outline-nav.module.css';
import { percentOf, type PageOutline } from '../model/progress.js';
import { StepMark } from '../parts/step-mark.js';
import { OUTLINE_ID } from './lab-bar.js';

interface Props {
  slug: string;
  open: boolean;
  onChosen: () => void;
}

/** The pages and, of the one that is read, its steps. A wide pane has room for it beside the page. */
export function OutlineNav({ slug, open, onChosen }: Props) {
  const { t } = useTranslation();
  const { outline, go } = useInstructions();
  const choose = (page: string, anchor?: string) => {
    go(page, anchor);
    onChosen();
  };
  return (
    <nav className={classes.outline} id={OUTLINE_ID} data-open={open} aria-label={t('instructions.outline')}>
      <ol>
        {outline.pages.map((page, index) => (
          <li key={page.slug}>
            <UnstyledButton
              className={classes.outlinePage}
              aria-current={page.slug === slug ? 'page' : undefined}
              onClick={() => choose(page.slug)}
            >
              <span className="tabular" aria-hidden>
                {index + 1}
              </span>
              <span>{page.title}</span>
              <PageMark page={page} />
            </UnstyledButton>
            {page.slug === slug && page.steps.length > 0 && (
              <ul>
                {page.steps.map((view) => (
                  <li key={view.definition.id}>
                    <UnstyledButton
                      className={classes.outlineStep}
                      onClick={() => choose(page.slug, view.definition.id)}
                    >
                      <StepMark view={view} />
                      <span>{view.definition.title}</span>
                    </UnstyledButton>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function PageMark({ page: { bar, durationS } }: { page: PageOutline }) {
  const { t } = useTranslation();
  if (bar.steps === 0) {
    return <span className={classes.pageMark}>{durationS !== undefined && formatDuration(durationS)}</span>;
  }
  const finished = bar.done === bar.steps;
  return (
    <span className={classes.pageMark} data-done={finished} title={`${percentOf(bar)} %`}>
      {finished && <IconCircleCheckFilled size={16} aria-hidden />}
      <span className="tabular" aria-hidden>
        {bar.done}/{bar.steps}
      </span>
      <span className="visually-hidden">{t('instructions.stepsDone', { done: bar.done, steps: bar.steps })}</span>
    </span>
  );
}
