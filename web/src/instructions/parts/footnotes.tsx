import type { InstructionPage } from '@lab-orchestrator/contracts';
import { Title } from '@mantine/core';
import { IconCornerLeftUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { anchorId } from '../instructions-context.js';
import classes from './footnotes.module.css';
import { Blocks } from './blocks.js';
import { focusOn } from './focus-on.js';
import { referenceId } from './footnote-reference.js';

export function Footnotes({ footnotes }: { footnotes: InstructionPage['footnotes'] }) {
  const { t } = useTranslation();
  if (footnotes.length === 0) return null;
  return (
    <section className={classes.footnotes}>
      <Title order={3} size="h3">
        {t('instructions.footnotes')}
      </Title>
      <ol>
        {footnotes.map(({ id, number, children }) => (
          <li key={id} value={number} id={anchorId(id)} tabIndex={-1}>
            <Blocks nodes={children} />
            <a
              href={`#${referenceId(id)}`}
              aria-label={t('instructions.backToText', { number })}
              onClick={(event) => {
                event.preventDefault();
                focusOn(referenceId(id));
              }}
            >
              <IconCornerLeftUp size={14} aria-hidden />
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
